package csp.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The manifests that the build has written, as a cluster takes them. */
@EnableKubernetesMockClient(crud = true)
@DisplayNameGeneration(ReplaceUnderscores.class)
class KubernetesManifestsIT {

    private static final Path MANIFESTS = Path.of("target", "kubernetes-app", "kubernetes", "kubernetes.yml");
    private static final String NAME = "csp-transfer-service";
    private static final ObjectMapper JSON = new ObjectMapper();

    KubernetesClient cluster;
    private Deployment deployment;
    private Container container;

    @BeforeEach
    void apply() throws IOException {
        try (var manifests = Files.newInputStream(MANIFESTS)) {
            cluster.load(manifests).inNamespace("csp").create();
        }
        deployment =
                cluster.apps().deployments().inNamespace("csp").withName(NAME).get();
        container = deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
    }

    @Test
    void nothing_in_them_is_unknown_to_the_schema_of_kubernetes() throws IOException {
        try (var manifests = Files.newInputStream(MANIFESTS)) {
            for (var document : new String(manifests.readAllBytes()).split("(?m)^---$")) {
                if (document.isBlank()) {
                    continue;
                }
                JsonNode written = JSON.readTree(Serialization.asJson(Serialization.unmarshal(document, Map.class)));
                HasMetadata known = Serialization.unmarshal(document);
                // What a type does not know it keeps beside its own fields, which a real server refuses or drops.
                assertEquals(new TreeSet<>(), unknown(known), () -> written.toPrettyString());
            }
        }
    }

    @Test
    void several_copies_are_replaced_one_after_the_other_and_none_is_missed() {
        var spec = deployment.getSpec();
        assertTrue(spec.getReplicas() >= 2);
        assertEquals("RollingUpdate", spec.getStrategy().getType());
        assertEquals(
                0, spec.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal());
        assertEquals(1, spec.getStrategy().getRollingUpdate().getMaxSurge().getIntVal());
        var budget = cluster.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("csp")
                .withName(NAME)
                .get()
                .getSpec();
        assertEquals(1, budget.getMaxUnavailable().getIntVal());
        var labels = spec.getTemplate().getMetadata().getLabels();
        assertTrue(
                labels.entrySet()
                        .containsAll(budget.getSelector().getMatchLabels().entrySet()),
                labels::toString);
        var service = cluster.services().inNamespace("csp").withName(NAME).get().getSpec();
        assertTrue(labels.entrySet().containsAll(service.getSelector().entrySet()), labels::toString);
        assertEquals(null, service.getSessionAffinity(), "no copy keeps anything to itself");
    }

    @Test
    void a_copy_gets_requests_when_it_is_ready_and_is_started_again_when_it_is_dead() {
        assertEquals(
                "/q/health/ready", container.getReadinessProbe().getHttpGet().getPath());
        assertEquals("/q/health/live", container.getLivenessProbe().getHttpGet().getPath());
        assertTrue(seconds(container.getStartupProbe()) >= 60, "a first start migrates the database");
        assertEquals(1, container.getReadinessProbe().getFailureThreshold(), "a no counts at once");
    }

    @Test
    void it_is_out_of_the_balancers_lists_before_it_stops_and_is_not_killed_while_it_stops() {
        var delay = Integer.parseInt(
                environment().get("CSP_HTTP_SHUTDOWN_DELAY").getValue().replace("s", ""));
        assertTrue(delay > seconds(container.getReadinessProbe()));
        // Readiness gone; requests, 10.5 s; jobs, 5 s; the framework, 10 s.
        assertTrue(deployment.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds() > delay + 26);
    }

    @Test
    void it_has_memory_to_itself_and_no_rights() {
        assertEquals("1Gi", container.getResources().getLimits().get("memory").toString());
        assertTrue(container.getResources().getRequests().keySet().containsAll(List.of("cpu", "memory")));
        var rights = container.getSecurityContext();
        assertTrue(rights.getReadOnlyRootFilesystem());
        assertEquals(false, rights.getAllowPrivilegeEscalation());
        assertEquals(List.of("ALL"), rights.getCapabilities().getDrop());
        assertTrue(deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getSecurityContext()
                .getRunAsNonRoot());
        assertEquals(
                List.of("/tmp"),
                container.getVolumeMounts().stream()
                        .map(mount -> mount.getMountPath())
                        .toList());
    }

    @Test
    void the_database_is_named_in_a_secret_and_nowhere_else() throws IOException {
        for (var name :
                List.of("QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD")) {
            var variable = environment().get(name);
            assertEquals(null, variable.getValue());
            assertEquals(
                    "csp-database", variable.getValueFrom().getSecretKeyRef().getName());
        }
        assertTrue(cluster.secrets().inNamespace("csp").list().getItems().isEmpty());
    }

    private Map<String, EnvVar> environment() {
        return container.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, Function.identity()));
    }

    /** Until it counts. */
    private static int seconds(Probe probe) {
        return probe.getPeriodSeconds() * probe.getFailureThreshold();
    }

    private static TreeSet<String> unknown(Object known) {
        var found = new TreeSet<String>();
        collect(known, "", found);
        return found;
    }

    private static void collect(Object value, String path, TreeSet<String> found) {
        if (value instanceof List<?> list) {
            list.forEach(each -> collect(each, path, found));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            for (var method : value.getClass().getMethods()) {
                if (method.getParameterCount() == 0 && method.getName().startsWith("get")) {
                    try {
                        var field = method.invoke(value);
                        if (method.getName().equals("getAdditionalProperties")) {
                            ((Map<?, ?>) field).keySet().forEach(name -> found.add(path + "." + name));
                        } else {
                            collect(field, path + "." + method.getName().substring(3), found);
                        }
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
    }
}
