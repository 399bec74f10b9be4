package io.qahub.keycloak.apitokens.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs {@code kcadm.sh} commands one after the other in the JVM that {@link Kcadm} starts with the distribution's classes.
 * It does what {@code KcAdmMain.main} does, except that main ends the JVM with the exit status.
 */
final class KcadmServer {
    private static final String KEYCLOAK = "org.keycloak.";

    private KcadmServer() {}

    /** Prints the port it listens on; ends when its standard input ends, that is, with the process that started it. */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        InputStream starter = System.in;
        Thread end = new Thread(() -> endWith(starter));
        end.setDaemon(true);
        end.start();
        System.setIn(closed());
        initialize();
        try (ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            System.out.println(entrance.getLocalPort());
            while (true) {
                answer(entrance);
            }
        }
    }

    private static void endWith(InputStream starter) {
        try {
            starter.readAllBytes();
            System.exit(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The standard input of a caller is not passed on: a command that reads it must fail. */
    private static InputStream closed() throws IOException {
        InputStream input = InputStream.nullInputStream();
        input.close();
        return input;
    }

    private static void initialize() throws ReflectiveOperationException {
        Class<?> main = Class.forName(KEYCLOAK + "client.admin.cli.KcAdmMain");
        System.setProperty("default.config.path.string", (String)
                main.getField("DEFAULT_CONFIG_FILE_STRING").get(null));
        ClassLoader libraries = (ClassLoader) Class.forName(KEYCLOAK + "client.cli.util.ClassLoaderUtil")
                .getMethod("resolveClassLoader", String.class)
                .invoke(null, System.getProperty("kc.lib.dir"));
        Thread.currentThread().setContextClassLoader(libraries);
        Class.forName(KEYCLOAK + "common.crypto.CryptoIntegration")
                .getMethod("init", ClassLoader.class)
                .invoke(null, libraries);
    }

    /** Reads the directory of a call, runs its command, and returns the exit status. */
    private static void answer(ServerSocket entrance) throws IOException, ReflectiveOperationException {
        try (Socket caller = entrance.accept();
                BufferedReader in = new BufferedReader(new InputStreamReader(caller.getInputStream(), UTF_8));
                OutputStream out = caller.getOutputStream()) {
            out.write((run(Path.of(in.readLine())) + "\n").getBytes(UTF_8));
        }
    }

    /** Runs the command in the file {@code arguments}, after the directory it is called in; writes {@code out} and {@code err}. */
    private static int run(Path call) throws IOException, ReflectiveOperationException {
        String text = Files.readString(call.resolve("arguments"));
        List<String> arguments = List.of(text.split("\0", -1));
        Path directory = Path.of("").toRealPath();
        if (!directory.equals(Path.of(arguments.get(0)))) {
            throw new IOException("called in " + arguments.get(0) + ", but runs in " + directory);
        }
        try (PrintStream out = new PrintStream(call.resolve("out").toFile(), UTF_8);
                PrintStream err = new PrintStream(call.resolve("err").toFile(), UTF_8)) {
            System.setOut(out);
            System.setErr(err);
            return execute(arguments.subList(1, arguments.size() - 1));
        }
    }

    private static int execute(List<String> arguments) throws ReflectiveOperationException {
        Class<?> base = Class.forName(KEYCLOAK + "client.cli.common.BaseGlobalOptionsCmd");
        Object command = Class.forName(KEYCLOAK + "client.admin.cli.commands.KcAdmCmd")
                .getConstructor()
                .newInstance();
        Object name = Class.forName(KEYCLOAK + "client.admin.cli.KcAdmMain")
                .getField("CMD")
                .get(null);
        Object line = Class.forName(KEYCLOAK + "client.cli.common.Globals")
                .getMethod("createCommandLine", base, String.class, PrintWriter.class)
                .invoke(null, command, name, new PrintWriter(new OutputStreamWriter(System.err, UTF_8), true));
        return (int) line.getClass().getMethod("execute", String[].class).invoke(line, (Object)
                arguments.toArray(String[]::new));
    }
}
