package csp.sandbox.scenario;

/**
 * A place in a document, spelled only when a refusal names it: {@code customers[0].billTo.address.city}.
 *
 * @param parent null for the document itself
 * @param name of the property; null for the document itself
 * @param index in the list that the property is; -1 for the property itself
 */
record At(At parent, String name, int index) {

    static final At DOCUMENT = new At(null, null, -1);

    /** A property here. */
    At of(String property) {
        return new At(this, property, -1);
    }

    /** An entry of the list that stands here. */
    At entry(int number) {
        return new At(parent, name, number);
    }

    @Override
    public String toString() {
        if (parent == null) {
            return "the document";
        }
        var here = index < 0 ? name : name + "[" + index + "]";
        return parent.parent == null ? here : parent + "." + here;
    }
}
