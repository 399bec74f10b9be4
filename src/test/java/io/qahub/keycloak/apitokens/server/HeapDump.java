package io.qahub.keycloak.apitokens.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** A dump of the live objects in a server's heap. Strings of ASCII characters, and arrays of bytes, are found in it. */
final class HeapDump {
    private static final int CHUNK = 1 << 24;

    private final Path file;

    private HeapDump(Path file) {
        this.file = file;
    }

    /** Writes a dump into this directory, after a full garbage collection. */
    static HeapDump of(Keycloak server, Path directory) {
        Path file = directory.resolve("heap.hprof").toAbsolutePath();
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                            Long.toString(pid(server)),
                            "GC.heap_dump",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!Files.exists(file)) {
                throw new IllegalStateException(output);
            }
            return new HeapDump(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The script is replaced by the JVM, or starts it. */
    private static long pid(Keycloak server) {
        ProcessHandle script = server.process().toHandle();
        return Stream.concat(script.descendants(), Stream.of(script))
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** Returns how often these characters, which must be ASCII, are in the heap. */
    int count(String text) {
        return count(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns how often these bytes are in the heap. */
    int count(byte[] wanted) {
        String pattern = new String(wanted, StandardCharsets.ISO_8859_1);
        int found = 0;
        byte[] chunk = new byte[CHUNK];
        int kept = 0; // bytes at the start of the chunk that the previous one ended with
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(chunk, 0, CHUNK); read > kept; ) {
                String text = new String(chunk, 0, read, StandardCharsets.ISO_8859_1);
                for (int at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
                    found++;
                }
                kept = Math.min(read, wanted.length - 1);
                byte[] end = Arrays.copyOfRange(chunk, read - kept, read);
                System.arraycopy(end, 0, chunk, 0, kept);
                read = kept + in.readNBytes(chunk, kept, CHUNK - kept);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
