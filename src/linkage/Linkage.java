import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists every class, method and field that the jar uses and a distribution of Keycloak does not have, and every method of
 * Keycloak that a class of the jar must implement there. What only the package {@code keycloak} uses is handled there; the
 * check fails for everything else. With the distribution that the jar was built against, it also lists the methods of the
 * jar that override a method there, but not here: this version never calls them.
 */
public final class Linkage {
    private static final String OWN = "io.qahub.";
    private static final String HANDLING = "io.qahub.keycloak.apitokens.keycloak.";
    private static final String SERVICES = "META-INF/services/";

    private final Path jar;
    private final URLClassLoader loader;
    private final Map<String, Set<String>> usersByProblem = new TreeMap<>();
    private final Set<String> overrides = new TreeSet<>();

    private Linkage(Path jar, Path home) throws IOException {
        this.jar = jar;
        List<URL> urls = new ArrayList<>(List.of(jar.toUri().toURL()));
        for (String directory : List.of("lib/lib/main", "lib/lib/boot", "lib/lib/deployment")) {
            if (Files.isDirectory(home.resolve(directory))) {
                try (Stream<Path> files = Files.list(home.resolve(directory))) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".jar"))
                            .sorted()
                            .toList()) {
                        urls.add(file.toUri().toURL());
                    }
                }
            }
        }
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** Takes the jar, Keycloak's home, and the home of the version that the jar was built against, which is optional. */
    public static void main(String[] args) throws IOException {
        Linkage linkage = new Linkage(Path.of(args[0]), Path.of(args[1])).check();
        if (args.length > 2) {
            Set<String> uncalled = new TreeSet<>(new Linkage(Path.of(args[0]), Path.of(args[2])).check().overrides);
            uncalled.removeAll(linkage.overrides);
            uncalled.forEach(method -> System.out.println("never called: " + method));
        }
        boolean links = true;
        for (Map.Entry<String, Set<String>> problem : linkage.usersByProblem.entrySet()) {
            boolean isHandled = problem.getValue().stream().allMatch(user -> user.startsWith(HANDLING));
            links &= isHandled;
            System.out.println((isHandled ? "handled: " : "missing: ") + problem.getKey() + ", used by "
                    + String.join(" ", problem.getValue()));
        }
        System.out.println(links ? "The jar links." : "The jar does not link.");
        System.exit(links ? 0 : 1);
    }

    private Linkage check() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith(SERVICES) && !entry.isDirectory()) {
                    load(name.substring(SERVICES.length()), SERVICES);
                } else if (name.endsWith(".class")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        String user = name.substring(0, name.length() - ".class".length())
                                .replace('/', '.');
                        checkReferences(new ConstantPool(in.readAllBytes()), user);
                        checkType(user);
                    }
                }
            }
        }
        return this;
    }

    private void report(String problem, String user) {
        usersByProblem.computeIfAbsent(problem, key -> new TreeSet<>()).add(user);
    }

    /** Returns null if there is no such class. */
    private Class<?> load(String name, String user) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            report("class " + name, user);
        } catch (LinkageError e) {
            report("class " + name + " (" + e + ")", user);
        }
        return null;
    }

    private void checkReferences(ConstantPool pool, String user) {
        for (String name : pool.classes()) {
            load(name, user);
        }
        for (Member member : pool.members()) {
            Class<?> owner = member.owner.startsWith("[") ? null : load(member.owner, user);
            try {
                if (owner != null && !isFound(owner, member)) {
                    report(member.toString(), user);
                }
            } catch (NoClassDefFoundError e) {
                reportMissing(e, member.owner);
            }
        }
    }

    private static boolean isFound(Class<?> owner, Member member) {
        if (member.kind != ConstantPool.FIELD
                && owner.isInterface() != (member.kind == ConstantPool.INTERFACE_METHOD)) {
            return false;
        }
        if (isPolymorphic(owner)) {
            return true;
        }
        for (Class<?> type : withSupertypes(owner)) {
            boolean found = member.kind == ConstantPool.FIELD
                    ? Stream.of(type.getDeclaredFields())
                            .anyMatch(field -> field.getName().equals(member.name)
                                    && field.getType().descriptorString().equals(member.descriptor))
                    : executables(type)
                            .anyMatch(executable ->
                                    (name(executable) + descriptor(executable)).equals(member.name + member.descriptor)
                                            && (type.getName().startsWith(OWN)
                                                    || !Modifier.isPrivate(executable.getModifiers())));
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPolymorphic(Class<?> owner) {
        return owner.getName().startsWith("java.lang.invoke.");
    }

    private static Stream<Executable> executables(Class<?> type) {
        return Stream.concat(Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()));
    }

    private static String name(Executable executable) {
        return executable instanceof Constructor ? "<init>" : executable.getName();
    }

    private static String descriptor(Executable executable) {
        Class<?> result = executable instanceof Method method ? method.getReturnType() : void.class;
        return MethodType.methodType(result, executable.getParameterTypes()).descriptorString();
    }

    private static Set<Class<?>> withSupertypes(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            all.add(each);
        }
        for (Class<?> each : List.copyOf(all)) {
            addInterfaces(each, all);
        }
        all.add(Object.class);
        return all;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
        for (Class<?> each : type.getInterfaces()) {
            all.add(each);
            addInterfaces(each, all);
        }
    }

    /** Checks a class of the jar: whether reflection can read it, and what it inherits. */
    private void checkType(String name) {
        Class<?> type = load(name, name);
        if (type == null) {
            return;
        }
        try {
            Set<Class<?>> supertypes = withSupertypes(type);
            Collection<Method> inherited = supertypes.stream()
                    .filter(each -> each != type
                            && each != Object.class
                            && !each.getName().startsWith(OWN))
                    .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                    .filter(method -> (method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0)
                    .toList();
            Set<String> known = inherited.stream().map(Linkage::signature).collect(Collectors.toSet());
            Stream.of(type.getDeclaredMethods())
                    .map(Linkage::signature)
                    .filter(known::contains)
                    .forEach(signature -> overrides.add(name + "." + signature));
            if (!Modifier.isAbstract(type.getModifiers())) {
                Set<String> implemented = supertypes.stream()
                        .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                        .filter(method -> !Modifier.isAbstract(method.getModifiers()))
                        .map(Linkage::signature)
                        .collect(Collectors.toSet());
                inherited.stream()
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .filter(method -> !implemented.contains(signature(method)))
                        .forEach(method -> report(
                                "not implemented: " + method.getDeclaringClass().getName() + "." + signature(method),
                                name));
            }
        } catch (NoClassDefFoundError e) {
            reportMissing(e, name);
        }
    }

    private void reportMissing(NoClassDefFoundError error, String user) {
        report("class " + error.getMessage().replace('/', '.'), user);
    }

    private static String signature(Method method) {
        return method.getName() + descriptor(method);
    }

    private record Member(int kind, String owner, String name, String descriptor) {
        @Override
        public String toString() {
            return (kind == ConstantPool.FIELD ? "field " : "method ") + owner + "." + name
                    + (kind == ConstantPool.FIELD ? "" : descriptor);
        }
    }

    /** The constant pool of a class file: chapter 4.4 of the specification of the JVM. */
    private static final class ConstantPool {
        static final int FIELD = 9;
        static final int INTERFACE_METHOD = 11;
        private static final int METHOD = 10;
        private static final int CLASS = 7;

        private final int[] tags;
        private final int[][] indexes;
        private final String[] texts;

        ConstantPool(byte[] classFile) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            tags = new int[count];
            indexes = new int[count][];
            texts = new String[count];
            for (int i = 1; i < count; i++) {
                tags[i] = in.readUnsignedByte();
                switch (tags[i]) {
                    case 1 -> texts[i] = in.readUTF();
                    case CLASS, 8, 16, 19, 20 -> indexes[i] = new int[] {in.readUnsignedShort()};
                    case FIELD, METHOD, INTERFACE_METHOD, 12, 17, 18 ->
                        indexes[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
                    case 3, 4 -> in.skipNBytes(4);
                    case 15 -> in.skipNBytes(3);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        i++; // takes two entries
                    }
                    default -> throw new IOException("Unknown entry " + tags[i]);
                }
            }
        }

        List<String> classes() {
            List<String> names = new ArrayList<>();
            for (int i = 1; i < tags.length; i++) {
                if (tags[i] == CLASS && !className(i).startsWith("[")) {
                    names.add(className(i));
                }
            }
            return names;
        }

        List<Member> members() {
            List<Member> members = new ArrayList<>();
            for (int i = 1; i < tags.length; i++) {
                if (tags[i] == FIELD || tags[i] == METHOD || tags[i] == INTERFACE_METHOD) {
                    int[] nameAndType = indexes[indexes[i][1]];
                    members.add(new Member(
                            tags[i], className(indexes[i][0]), texts[nameAndType[0]], texts[nameAndType[1]]));
                }
            }
            return members;
        }

        private String className(int index) {
            return texts[indexes[index][0]].replace('/', '.');
        }
    }
}
