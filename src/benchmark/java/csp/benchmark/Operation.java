package csp.benchmark;

import csp.benchmark.World.Supply;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is measured. */
enum Operation {
    GET("get by id"),
    LIST("list of 20 transfers"),
    ELIGIBILITY("eligibility of 200 subscriptions"),
    CREATE("create, 3 lines", Supply.CREATE),
    ACCEPT("accept, 3 lines", Supply.ACCEPT),
    ACCEPT_50("accept, 50 lines", Supply.ACCEPT_50),
    /** Half of it get, 30 % list, 10 % eligibility, 5 % each create and accept. */
    STOREFRONT("storefront, 90 % reads", Supply.CREATE, Supply.ACCEPT),
    TOKEN("token issue");

    final String title;
    final Supply[] supplies;

    Operation(String title, Supply... supplies) {
        this.title = title;
        this.supplies = supplies;
    }

    /** How large a part of the requests uses up one of each supply. */
    double share() {
        return this == STOREFRONT ? 0.07 : 1; // 5 %, and what chance adds
    }

    boolean writes() {
        return supplies.length > 0;
    }

    /** Calls of it, at random over the world; null when nothing is left to write on. */
    Supplier<Call> calls(World world, Tokens tokens) {
        return switch (this) {
            case GET -> () -> get(world, tokens);
            case LIST ->
                () -> Call.get(customer("customer", random(world.customers())) + "/transfers", tokens.source());
            case ELIGIBILITY ->
                () -> Call.get(
                        customer("eligible", random(World.ELIGIBLE))
                                + "/transferseligibility?transferType=directtoindirect",
                        tokens.source());
            case CREATE -> () -> create(world, tokens);
            case ACCEPT -> () -> accept(world, Supply.ACCEPT, tokens);
            case ACCEPT_50 -> () -> accept(world, Supply.ACCEPT_50, tokens);
            case STOREFRONT ->
                () -> {
                    var percent = ThreadLocalRandom.current().nextInt(100);
                    var operation = percent < 50
                            ? GET
                            : percent < 80 ? LIST : percent < 90 ? ELIGIBILITY : percent < 95 ? CREATE : ACCEPT;
                    return operation.calls(world, tokens).get();
                };
            case TOKEN -> Tokens::request;
        };
    }

    /** The first {@code count} requests of a CI job, one after the other: mostly reads, a token now and then. */
    static Supplier<Call> ofCiJob(World world, Tokens tokens, int count) {
        var steps = new Operation[] {CREATE, GET, GET, LIST, ELIGIBILITY, ACCEPT, GET, LIST, GET, GET};
        var sent = new int[1];
        return () -> {
            var step = sent[0]++;
            if (step >= count) {
                return null;
            }
            return (step % 50 == 49 ? TOKEN : steps[step % steps.length])
                    .calls(world, tokens)
                    .get();
        };
    }

    private static Call get(World world, Tokens tokens) {
        var customer = random(world.customers());
        var transfer = customer * World.TRANSFERS_EACH + random(World.TRANSFERS_EACH) - 1;
        return Call.get(
                customer("customer", customer) + "/transfers/" + World.id("transfer", transfer), tokens.source());
    }

    private static Call create(World world, Tokens tokens) {
        var number = world.take(Supply.CREATE);
        if (number < 0) {
            return null;
        }
        var lines = IntStream.range(0, Supply.CREATE.lines)
                .mapToObj(line -> "{\"subscriptionId\":\"" + World.lineOf(Supply.CREATE, number, line)
                        + "\",\"partnerIdOnRecord\":\"4800001\"}")
                .collect(Collectors.joining(","));
        return Call.post(
                "/v1/customers/" + World.writerOf(number) + "/transfers",
                tokens.source(),
                "{\"sourcePartnerTenantId\":\"" + World.SOURCE + "\",\"targetPartnerTenantId\":\"" + World.TARGET
                        + "\",\"lineItems\":[" + lines + "]}",
                201);
    }

    private static Call accept(World world, Supply supply, Tokens tokens) {
        var number = world.take(supply);
        return number < 0
                ? null
                : Call.post(
                        "/v1/customers/" + World.writerOf(number) + "/transfers/" + World.id(supply.kind(), number)
                                + "/accept",
                        tokens.target(),
                        "",
                        200);
    }

    /** What a mock answers this call by: the path with its ids, and of a token the partner, left open. */
    static String pattern(Call call) {
        return call.path()
                .split("\\?")[0]
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "[0-9a-f-]{36}")
                .replaceAll("^/\\w+[.]example/", "/[a-z]+[.]example/");
    }

    /** On a mock both acceptances have one path; the query tells which answer is meant. */
    Call onMock(Call call) {
        return this == ACCEPT_50 && call != null
                ? new Call(call.method(), call.path() + "?lines=50", call.token(), call.body(), call.contentType(), 200)
                : call;
    }

    private static String customer(String kind, long number) {
        return "/v1/customers/" + World.id(kind, number);
    }

    private static long random(long most) {
        return ThreadLocalRandom.current().nextLong(most) + 1;
    }
}
