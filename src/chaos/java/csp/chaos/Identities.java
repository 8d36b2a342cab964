package csp.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tokens of the applications and the users of the demo's partners, of customers and of the operator. */
final class Identities {

    private static final List<String> PARTNERS = List.of("contoso", "fabrikam", "northwind", "litware", "adatum");
    private static final List<String> USERS = List.of("admin", "sales", "help");
    private static final List<String> CUSTOMERS = List.of("alpine", "coho", "wideworld");

    /** Where the users of the partners begin, three each. */
    private static final int ADMIN = PARTNERS.size();

    private final List<String> partners = new ArrayList<>();
    private final List<String> customers = new ArrayList<>();
    private String operator;

    /** Signs all of them in. */
    void signIn(Service service) {
        partners.clear();
        customers.clear();
        for (var partner : PARTNERS) {
            partners.add(Demo.token(service, Demo.signIn(partner, PARTNERS.indexOf(partner) + 1, partner + "-secret")));
        }
        for (var partner : PARTNERS) {
            for (var user : USERS) {
                partners.add(Demo.token(service, Demo.userSignsIn(user, partner, partner + "-password")));
            }
        }
        for (var customer : CUSTOMERS) {
            customers.add(Demo.token(service, Demo.userSignsIn("owner", customer, customer + "-password")));
        }
        operator = Demo.operator(service);
    }

    /** Of the partners' applications, in the order of their numbers. */
    List<String> applications() {
        return partners.subList(0, PARTNERS.size());
    }

    /** One that fits the operation more often than not. */
    String choose(Operation operation, Random random) {
        if (operation.isOfSandbox() != (random.nextInt(20) == 0)) {
            return operator;
        }
        var onPortal = operation.template().startsWith("/portal/");
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> partners.get(onPortal ? ADMIN : 0);
            case 4, 5 -> partners.get(onPortal ? ADMIN + USERS.size() : 1);
            case 6 -> customers.get(random.nextInt(customers.size()));
            case 7 -> onPortal ? customers.get(0) : partners.get(3);
            default -> partners.get(random.nextInt(partners.size()));
        };
    }

    /** What stands in the place of a token and is none. */
    String broken(Random random) {
        var token = partners.get(random.nextInt(partners.size()));
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "Bearer";
            case 2 -> "Basic " + token;
            case 3 -> "Bearer " + token.substring(0, token.length() - 2 - random.nextInt(40));
            case 4 -> "Bearer " + token.substring(0, 30) + "A" + token.substring(31);
            case 5 -> "Bearer " + token.substring(0, token.lastIndexOf('.') + 1);
            case 6 -> "Bearer a.b.c";
            default -> "Bearer eyJhbGciOiJub25lIn0." + token.split("\\.")[1] + ".";
        };
    }

    boolean isOperator(Request request) {
        return request.headers().getOrDefault("Authorization", "").endsWith(operator);
    }
}
