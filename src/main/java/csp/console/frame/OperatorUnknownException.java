package csp.console.frame;

/** The operator of the sandbox has a secret of its own, which the reader has not given yet. */
class OperatorUnknownException extends RuntimeException {

    OperatorUnknownException() {
        super("The operator must sign in.", null, false, false);
    }
}
