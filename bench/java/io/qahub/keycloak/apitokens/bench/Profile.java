package io.qahub.keycloak.apitokens.bench;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.qahub.keycloak.apitokens.cluster.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Distribution of the CPU time of a cached token's introspection: async-profiler's samples, by the frame they are
 * under.
 */
final class Profile {
    private static final int SECONDS = 20;

    /** The first match counts, so inner frames come first. */
    private static final Map<String, List<String>> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("is the client a resource server (client scopes)", List.of("VerificationRequest.isAllowed"));
        PARTS.put(
                "verification: owner from the user cache",
                List.of("UserStorageManager.getUserById", "UserCacheSession.getUserById"));
        PARTS.put("verification: the secret's HMAC", List.of("VerifiedSecrets.match"));
        PARTS.put("verification: last use", List.of("TokenUsedEvent", "LastUsed"));
        PARTS.put("verification: the rest", List.of("TokenVerifier.verify"));
        PARTS.put("event", List.of("EventBuilder.success"));
        PARTS.put("our answer, the rest", List.of("introspect/TokenIntrospection."));
        PARTS.put("client authentication", List.of("AuthorizeClientUtil.authorizeClient"));
        PARTS.put("client policies", List.of("clientPolicy", "ClientPolicyManager"));
        PARTS.put("Keycloak's endpoint, the rest", List.of("TokenIntrospectionEndpoint"));
        PARTS.put("JSON and writing the answer", List.of("Jackson", "ServerSerialisers"));
        PARTS.put("opening and closing Keycloak's session", List.of("KeycloakSession", "TransactionalSessionHandler"));
        PARTS.put("routing to the resource", List.of("RealmsResource", "ApiTokensResource"));
        PARTS.put("HTTP: Quarkus, RESTEasy, Vert.x, Netty", List.of("quarkus", "vertx", "netty", "resteasy", "jboss"));
        PARTS.put("garbage collection, JIT", List.of("G1", "Compile", "GCThread", "Shenandoah", "Parallel"));
    }

    private Profile() {}

    static String run(Postgres database) {
        try (Server server = Server.start("one", database)) {
            Tokens rows = Tokens.in(database);
            rows.makeOwners("owner", 100);
            List<String> tokens = rows.make("owner", 100, 1000);
            Endpoints endpoints = new Endpoints(server);
            endpoints.warm(tokens);
            List<Load> loads = List.of(endpoints.standard(tokens), endpoints.own(tokens), endpoints.constant(tokens));
            loads.forEach(load -> load.run(2 * SECONDS));
            Map<String, Map<String, Double>> costs = new LinkedHashMap<>();
            for (Load load : loads) {
                costs.put(load.name(), cost(server, load));
            }
            return table(costs);
        }
    }

    /** Microseconds of the server's CPU time per request, by part. */
    private static Map<String, Double> cost(Server server, Load load) {
        try {
            Path stacks = Path.of("target/bench", load.name().replaceAll("\\W+", "-") + ".collapsed")
                    .toAbsolutePath();
            VirtualMachine machine = VirtualMachine.attach(Long.toString(server.pid()));
            Load.Running running = load.start(SECONDS);
            tell(machine, "start,event=itimer,interval=1ms,file=" + stacks);
            double requests = running.await().throughput() * SECONDS;
            tell(machine, "stop,collapsed,file=" + stacks);
            machine.detach();
            Map<String, Double> cost = new LinkedHashMap<>();
            PARTS.keySet().forEach(part -> cost.put(part, 0.0));
            for (String line : Files.readAllLines(stacks)) {
                int space = line.lastIndexOf(' ');
                cost.merge(part(line), 1000 * Long.parseLong(line.substring(space + 1)) / requests, Double::sum);
            }
            return cost;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tell(VirtualMachine server, String command) {
        try {
            server.loadAgentPath(library().toString(), command);
        } catch (IOException | AgentLoadException | AgentInitializationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path library() throws IOException {
        Path library = Path.of("target/bench/libasyncProfiler.so").toAbsolutePath();
        String resource = "/linux-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64")
                + "/libasyncProfiler.so";
        try (InputStream in = Profile.class.getResourceAsStream(resource)) {
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }

    private static String table(Map<String, Map<String, Double>> costs) {
        StringBuilder table = new StringBuilder("| µs of CPU for a request | ");
        table.append(String.join(" | ", costs.keySet())).append(" |\n|---|").append("---:|".repeat(costs.size()));
        for (String part : costs.values().iterator().next().keySet()) {
            table.append("\n| ").append(part).append(" |");
            costs.values().forEach(cost -> table.append(String.format(" %.1f |", cost.getOrDefault(part, 0.0))));
        }
        table.append("\n| all |");
        costs.values()
                .forEach(cost -> table.append(String.format(
                        " %.1f |",
                        cost.values().stream().mapToDouble(Double::doubleValue).sum())));
        return table.append('\n').toString();
    }

    private static String part(String stack) {
        for (Map.Entry<String, List<String>> part : PARTS.entrySet()) {
            for (String frame : part.getValue()) {
                if (stack.contains(frame)) {
                    return part.getKey();
                }
            }
        }
        return "the rest";
    }
}
