package io.qahub.example.vertx;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.authorization.ScopeAuthorization;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthorizationHandler;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.OAuth2AuthHandler;

/** Test cases at {@code /api/v1/cases}, for callers with a token. */
public final class Api {
    private Api() {}

    /** Starts the server. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        router.route().handler(authentication(vertx));
        router.route().handler(BodyHandler.create(false));
        addCases(router);
        router.errorHandler(401, request -> refuse(request, "Bearer"));
        router.errorHandler(403, request -> refuse(request, "Bearer error=\"insufficient_scope\""));
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")))
                .onFailure(failure -> {
                    System.err.println(failure);
                    vertx.close();
                });
    }

    /** Introspects all tokens: JWTs, too, because no keys are loaded. */
    private static OAuth2AuthHandler authentication(Vertx vertx) {
        OAuth2Options realm = new OAuth2Options()
                .setSite(System.getenv("REALM_URL"))
                .setIntrospectionPath("/protocol/openid-connect/token/introspect")
                .setClientId(System.getenv().getOrDefault("CLIENT_ID", "qa-hub-api"))
                .setClientSecret(System.getenv("CLIENT_SECRET"));
        return OAuth2AuthHandler.create(vertx, OAuth2Auth.create(vertx, realm));
    }

    private static Handler<RoutingContext> require(String scope) {
        return AuthorizationHandler.create(PermissionBasedAuthorization.create(scope))
                .addAuthorizationProvider(ScopeAuthorization.create(" "));
    }

    private static void refuse(RoutingContext request, String challenge) {
        request.response()
                .setStatusCode(request.statusCode())
                .putHeader("WWW-Authenticate", challenge)
                .end();
    }

    private static void addCases(Router router) {
        Cases cases = new Cases();
        router.get("/api/v1/cases").handler(require("read")).handler(cases::list);
        router.post("/api/v1/cases").handler(require("write")).handler(cases::create);
        router.patch("/api/v1/cases/:id").handler(require("write")).handler(cases::update);
        router.delete("/api/v1/cases/:id").handler(require("write")).handler(cases::delete);
    }
}
