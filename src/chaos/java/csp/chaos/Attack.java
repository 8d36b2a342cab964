package csp.chaos;

/** Something that a stranger or bad luck does to the service, and what must hold. */
interface Attack {

    /** As on the command line: small letters and hyphens. */
    String name();

    /** What it does and what must hold, in a sentence or two. */
    String sentence();

    /** Whether it is carried out in this form. */
    default boolean isIn(Form form) {
        return true;
    }

    /** After how many minutes it is stopped, whatever it is at. */
    default int mostMinutes(Form form) {
        return form.pick(4, 20);
    }

    void run(Stage stage, Findings findings) throws Exception;
}
