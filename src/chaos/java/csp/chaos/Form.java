package csp.chaos;

/** How much of an attack is run: what every build affords, or all of it. */
enum Form {
    SHORT,
    LONG;

    int pick(int inShort, int inLong) {
        return this == SHORT ? inShort : inLong;
    }
}
