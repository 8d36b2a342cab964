package csp.shared.caller;

import jakarta.enterprise.context.RequestScoped;

/** The caller of the request being served; set by the token check, before any resource runs. */
@RequestScoped
public class CurrentCaller {

    private Caller caller;

    /** Never null in a resource that needs a token. */
    public Caller get() {
        return caller;
    }

    /** For the token check, and for the filter that knows the operation. */
    public void set(Caller caller) {
        this.caller = caller;
    }
}
