package io.understudy.servlet.admin;

import io.understudy.servlet.config.Settings;
import io.understudy.servlet.report.RecordJson;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.model.Resource;

/** One of the things to look at, as a resource. Not a lambda: Jersey reads the types from the class. */
final class AdminResource implements Inflector<ContainerRequestContext, Response> {
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Function<ContainerRequestContext, Response> answer;

    private AdminResource(Function<ContainerRequestContext, Response> answer) {
        this.answer = answer;
    }

    /** All of them. */
    static List<Resource> all(Supplier<Observed> gateway, Gateways gateways) {
        return List.of(
                at("health", request -> health(gateways.areServing())),
                at("status", request -> json(200, AdminJson.of(StatusJson.of(gateway.get())))),
                at("explain", request -> explain(request, gateway.get())),
                at(
                        "exchanges",
                        request -> json(
                                200,
                                RecordJson.of(gateway.get().reports().recent().newestFirst()))),
                at("metrics", request -> metrics(gateway.get())));
    }

    private static Resource at(String path, Function<ContainerRequestContext, Response> answer) {
        Resource.Builder resource = Resource.builder(path);
        resource.addMethod("GET").handledBy(new AdminResource(answer));
        return resource.build();
    }

    @Override
    public Response apply(ContainerRequestContext request) {
        return answer.apply(request);
    }

    private static Response health(boolean serving) {
        return serving ? json(200, "{\"status\":\"serving\"}") : json(503, "{\"status\":\"draining\"}");
    }

    private static Response explain(ContainerRequestContext request, Observed gateway) {
        var query = request.getUriInfo().getQueryParameters();
        String model = query.getFirst("model");
        String dialect = query.getFirst("dialect") == null ? "chat" : query.getFirst("dialect");
        if (model == null || model.isEmpty()) {
            return json(400, AdminJson.error("model is missing (expected: ?model= and a name of \"models\")"));
        }
        if (!Settings.DIALECTS.contains(dialect)) {
            return json(
                    400,
                    AdminJson.error("unknown dialect (expected: one of " + String.join(", ", Settings.DIALECTS) + ")"));
        }
        var offers = gateway.settings().models().get(model);
        return offers == null
                ? json(404, AdminJson.error("unknown model (expected: a name of \"models\")"))
                : json(200, AdminJson.of(ExplainJson.of(model, dialect, offers, gateway)));
    }

    private static Response metrics(Observed gateway) {
        return gateway.reports()
                .prometheusText()
                .map(text -> Response.ok(text, PROMETHEUS).build())
                .orElseGet(() -> json(
                        404, AdminJson.error("no Prometheus registry (expected: micrometer-registry-prometheus)")));
    }

    private static Response json(int status, String json) {
        return Response.status(status).type(JSON).entity(json).build();
    }
}
