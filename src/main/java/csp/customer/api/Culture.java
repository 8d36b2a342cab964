package csp.customer.api;

/**
 * How a country writes (errors-and-headers.md §9), where a customer's bills do not say it.
 *
 * @param name e.g. {@code de-DE}
 * @param language e.g. {@code de}
 */
record Culture(String name, String language) {

    /** English where the language of the country is not known. */
    static Culture of(String country) {
        var language = switch (country) {
            case "DE", "AT", "CH", "LI" -> "de";
            case "FR", "LU", "MC" -> "fr";
            case "ES", "MX", "AR", "CL", "CO", "PE", "UY", "CR" -> "es";
            case "PT", "BR" -> "pt";
            case "NL", "BE" -> "nl";
            case "IT" -> "it";
            case "DK" -> "da";
            case "SE" -> "sv";
            case "NO" -> "nb";
            case "FI" -> "fi";
            case "PL" -> "pl";
            case "CZ" -> "cs";
            case "SK" -> "sk";
            case "HU" -> "hu";
            case "RO" -> "ro";
            case "BG" -> "bg";
            case "GR" -> "el";
            case "TR" -> "tr";
            case "JP" -> "ja";
            case "KR" -> "ko";
            case "CN", "TW" -> "zh";
            default -> "en";
        };
        return new Culture(language + "-" + country, language);
    }
}
