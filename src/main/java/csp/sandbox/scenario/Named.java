package csp.sandbox.scenario;

/** A value that a scenario spells in camel case ({@code azurePayg}) and the database in capitals ({@code AZURE_PAYG}). */
interface Named {

    String name();

    /** Spelling in a scenario. */
    default String wireName() {
        var wire = new StringBuilder();
        for (var word : name().split("_")) {
            wire.append(wire.isEmpty() ? word.substring(0, 1).toLowerCase() : word.substring(0, 1));
            wire.append(word.substring(1).toLowerCase());
        }
        return wire.toString();
    }
}
