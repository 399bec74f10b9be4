package io.qahub.keycloak.apitokens.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.qahub.keycloak.apitokens.server.ClientScopes;
import io.qahub.keycloak.apitokens.server.Http.Answer;
import io.qahub.keycloak.apitokens.server.Realm;
import java.util.ArrayList;
import java.util.List;

/** A realm with many scopes: four at each of ten areas of two resource servers, with long texts, and a long name. */
final class ManyScopes {
    static final int AREAS = 10;
    static final int NUMBER = 41;
    static final String LONG = "reports:" + "x".repeat(247);
    private static final List<String> ACTIONS = List.of("read", "write", "delete", "share");

    private ManyScopes() {}

    /** Creates the resource servers last, with all their scopes, which saves a call for each assignment. */
    static Realm realm(String name) {
        Realm realm = Realm.fresh(name);
        ClientScopes scopes = new ClientScopes(realm);
        List<List<String>> names = List.of(new ArrayList<>(), new ArrayList<>());
        for (int area = 0; area < AREAS; area++) {
            for (String action : ACTIONS) {
                String scope = "area" + area + ":" + action;
                scopes.create(
                        scope,
                        "\"apiTokens.grantable\":\"true\",\"consent.screen.text\":\"" + text(area, action) + "\"");
                names.get(area % 2).add(scope);
            }
        }
        scopes.newGrantable(LONG);
        newResourceServer(realm, "cases-api", names.get(0));
        newResourceServer(realm, "runs-api", names.get(1));
        return realm;
    }

    private static String text(int area, String action) {
        return action.equals("read")
                ? "View what belongs to area " + area
                : "Do all that the action " + action + " allows in area " + area
                        + ", in all projects that you are a member of, now and in future";
    }

    private static void newResourceServer(Realm realm, String client, List<String> scopes) {
        Answer made = realm.admin("POST", "/clients", """
                {"clientId":"%s","defaultClientScopes":["api-tokens"],"optionalClientScopes":["%s"]}""".formatted(client, String.join("\",\"", scopes)));
        assertEquals(201, made.status(), made.text());
    }
}
