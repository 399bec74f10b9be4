package io.qahub.keycloak.apitokens.server;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFException;

/** An LDAP server in this JVM, on the same port after each start. Its users' passwords are their names. */
final class Directory implements AutoCloseable {
    static final String USERS = "ou=users,dc=example,dc=org";
    static final String BIND_DN = "cn=keycloak,dc=example,dc=org";
    static final String BIND_PASSWORD = "keycloak";
    private static final String BASE = "dc=example,dc=org";

    private final InMemoryDirectoryServer server;
    private final int port = FreePort.find();
    private volatile boolean acceptsChanges = true;

    /** Starts a directory without users. */
    Directory() {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.addAdditionalBindCredentials(BIND_DN, BIND_PASSWORD);
            config.addInMemoryOperationInterceptor(new Refusal());
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", ServerContainer.listenAddress(), port, null));
            server = new InMemoryDirectoryServer(config);
            server.add("dn: " + BASE, "objectClass: domain", "dc: example");
            server.add("dn: " + USERS, "objectClass: organizationalUnit", "ou: users");
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
        start();
    }

    /** Returns the URL by which the shared server reaches it. */
    String url() {
        return "ldap://" + ServerContainer.thisMachine() + ":" + port;
    }

    void addUser(String name) {
        try {
            server.add(
                    "dn: " + dn(name),
                    "objectClass: inetOrgPerson",
                    "uid: " + name,
                    "cn: " + name,
                    "sn: L",
                    "givenName: F",
                    "mail: " + name + "@example.org",
                    "userPassword: " + name);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    void removeUser(String name) {
        try {
            server.delete(dn(name));
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets whether the directory rejects changes from now on. */
    void acceptChanges(boolean accepts) {
        acceptsChanges = accepts;
    }

    /** Starts listening, with the users that it had before it was stopped. */
    void start() {
        try {
            server.startListening();
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops listening and closes all connections. */
    void stop() {
        server.shutDown(true);
    }

    @Override
    public void close() {
        stop();
    }

    private static String dn(String user) {
        return "uid=" + user + "," + USERS;
    }

    /** Rejects changes, like a directory whose password policy is not met. */
    private final class Refusal extends InMemoryOperationInterceptor {
        @Override
        public void processModifyRequest(InMemoryInterceptedModifyRequest request) throws LDAPException {
            if (!acceptsChanges) {
                throw new LDAPException(ResultCode.CONSTRAINT_VIOLATION, "too short");
            }
        }
    }
}
