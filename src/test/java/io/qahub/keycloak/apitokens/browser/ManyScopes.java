package io.qahub.keycloak.apitokens.browser;

import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.List;

/** A realm with many scopes: four at each of ten areas of two resource servers, with long texts, and a long name. */
final class ManyScopes {
    static final int AREAS = 10;
    static final int NUMBER = 41;
    static final String LONG = "reports:" + "x".repeat(247);
    private static final List<String> ACTIONS = List.of("read", "write", "delete", "share");

    private ManyScopes() {}

    static Realm realm(String name) {
        Realm realm = Realm.fresh(name);
        ClientScopes scopes = new ClientScopes(realm);
        scopes.newResourceServer("cases-api");
        scopes.newResourceServer("runs-api");
        for (int area = 0; area < AREAS; area++) {
            for (String action : ACTIONS) {
                String text = action.equals("read")
                        ? "View what belongs to area " + area
                        : "Do all that the action " + action + " allows in area " + area
                                + ", in all projects that you are a member of, now and in future";
                String id = scopes.create(
                        "area" + area + ":" + action,
                        "\"apiTokens.grantable\":\"true\",\"consent.screen.text\":\"" + text + "\"");
                scopes.assign(area % 2 == 0 ? "cases-api" : "runs-api", id, "optional");
            }
        }
        scopes.newGrantable(LONG);
        return realm;
    }
}
