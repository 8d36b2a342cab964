package csp.console.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The present world as its operator exports it: who is there, and what pages offer to choose from. */
public final class KnownWorld {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final JsonNode export;
    private final List<Tenant> partners;
    private final List<Tenant> customers;

    KnownWorld(JsonNode export) {
        this.export = export;
        partners = tenants("partners", "name", Tenant.Kind.PARTNER);
        customers = tenants("customers", "companyName", Tenant.Kind.CUSTOMER);
    }

    /** The export itself. */
    public JsonNode export() {
        return export;
    }

    public List<Tenant> partners() {
        return partners;
    }

    public List<Tenant> customers() {
        return customers;
    }

    public List<Tenant> providers() {
        return partners.stream().filter(Tenant::isProvider).toList();
    }

    public boolean isEmpty() {
        return partners.isEmpty();
    }

    /** A partner or customer. */
    public Optional<Tenant> tenant(UUID id) {
        return Stream.concat(partners.stream(), customers.stream())
                .filter(tenant -> tenant.id().equals(id))
                .findFirst();
    }

    public Optional<Tenant> tenant(String id) {
        return Ids.read(id).flatMap(this::tenant);
    }

    /** The name of a tenant, or the id where there is none such. */
    public String name(String id) {
        return tenant(id).map(Tenant::name).orElse(id);
    }

    /** A sentence of the API with names of tenants and subscriptions in place of their ids. */
    public String readable(String sentence) {
        return GUID.matcher(sentence).replaceAll(found -> Matcher.quoteReplacement(named(found.group())));
    }

    private String named(String id) {
        var tenant = tenant(id);
        if (tenant.isPresent()) {
            return tenant.get().name();
        }
        for (var customer : export.path("customers")) {
            for (var subscription : customer.path("subscriptions")) {
                if (subscription.path("id").asText().equalsIgnoreCase(id)) {
                    return subscription.path("friendlyName").asText(id);
                }
            }
        }
        return id;
    }

    /** Who signs in for a tenant when no other is chosen: whoever can do most there. */
    public Optional<Identity> strongest(UUID tenantId) {
        return tenant(tenantId).flatMap(tenant -> tenant.identities().stream().findFirst());
    }

    Optional<Identity> identity(String key) {
        return Stream.concat(partners.stream(), customers.stream())
                .flatMap(tenant -> tenant.identities().stream())
                .filter(identity -> identity.key().equals(key))
                .findFirst();
    }

    /** Who somebody is that an audit record or a transfer names by id. */
    public Optional<Identity> identity(UUID id) {
        return Stream.concat(partners.stream(), customers.stream())
                .flatMap(tenant -> tenant.identities().stream())
                .filter(identity -> identity.id().equals(id))
                .findFirst();
    }

    public JsonNode partner(UUID id) {
        return entry("partners", id);
    }

    public JsonNode customer(UUID id) {
        return entry("customers", id);
    }

    private JsonNode entry(String list, UUID id) {
        for (var entry : export.path(list)) {
            if (entry.path("tenantId").asText().equals(id.toString())) {
                return entry;
            }
        }
        return MissingNode.getInstance();
    }

    private List<Tenant> tenants(String list, String nameField, Tenant.Kind kind) {
        var tenants = new ArrayList<Tenant>();
        for (var entry : export.path(list)) {
            var name = entry.path(nameField).asText();
            var domain = entry.path("domain").asText();
            tenants.add(new Tenant(
                    UUID.fromString(entry.path("tenantId").asText()),
                    kind,
                    name,
                    domain,
                    entry.path("mpnId").asText(""),
                    entry.path("programs")
                            .path("indirectProvider")
                            .asText("none")
                            .equals("active"),
                    identities(entry, name, domain)));
        }
        return List.copyOf(tenants);
    }

    private static List<Identity> identities(JsonNode tenant, String name, String domain) {
        var found = new ArrayList<Identity>();
        for (var user : tenant.path("users")) {
            var roles = new ArrayList<String>();
            user.path("roles").forEach(role -> roles.add(role.asText()));
            found.add(Identity.user(
                    UUID.fromString(user.path("objectId").asText()),
                    user.path("userPrincipalName").asText(),
                    List.copyOf(roles),
                    domain,
                    name));
        }
        for (var application : tenant.path("applications")) {
            found.add(Identity.application(
                    UUID.fromString(application.path("clientId").asText()), domain, name));
        }
        found.sort(Comparator.comparingInt(Identity::weight).reversed());
        return List.copyOf(found);
    }
}
