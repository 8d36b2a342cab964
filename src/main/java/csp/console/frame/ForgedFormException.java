package csp.console.frame;

/** A form was sent from elsewhere than a page of the console; nothing was done. */
class ForgedFormException extends RuntimeException {

    ForgedFormException(String reason) {
        super(reason, null, false, false);
    }
}
