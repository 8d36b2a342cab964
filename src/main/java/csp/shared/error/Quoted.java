package csp.shared.error;

/** How a refusal shows what was sent: of a long text the first 100 characters and three dots. */
public final class Quoted {

    private static final int MOST_CHARACTERS = 100;

    private Quoted() {}

    /** In quotation marks. */
    public static String text(String sent) {
        return "'" + cut(sent) + "'";
    }

    /** As it is, where the sentence has quotation marks or the value wants none. */
    public static String cut(String sent) {
        return sent.length() <= MOST_CHARACTERS ? sent : sent.substring(0, MOST_CHARACTERS) + "...";
    }
}
