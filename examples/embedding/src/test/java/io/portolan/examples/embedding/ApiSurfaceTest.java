package io.portolan.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What users can call, written down: a change of it has to be made on purpose, here, and told in the CHANGELOG. When this fails and the change is
 * meant, copy what is printed over the file under {@code src/test/resources/api}.
 */
class ApiSurfaceTest {

    private static final Set<String> FROM_OBJECT = Set.of("equals", "hashCode", "toString");

    @ParameterizedTest
    @CsvSource({
        "io.portolan.ftp.core, io.portolan.fs.VirtualFileSystem",
        "io.portolan.ftp.server, io.portolan.ftp.server.FtpServer",
        "io.portolan.ftp.client, io.portolan.ftp.client.FtpClient",
        "io.portolan.ftps, io.portolan.ftps.ServerTls",
        "io.portolan.sftp.core, io.portolan.ssh.SshAlgorithms",
        "io.portolan.sftp.server, io.portolan.sftp.server.SftpServer",
        "io.portolan.sftp.client, io.portolan.sftp.client.SftpClient"
    })
    void theExportedTypesAreThoseOfTheFile(String module, String type) throws Exception {
        String now = surface(module, Class.forName(type));
        String file = module + ".txt";
        String before;
        try (InputStream in = ApiSurfaceTest.class.getResourceAsStream("/api/" + file)) {
            before = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Set<String> gone = lines(before);
        gone.removeAll(lines(now));
        Set<String> added = lines(now);
        added.removeAll(lines(before));
        assertThat(gone.isEmpty() && added.isEmpty())
                .as("api/%s: gone %s, new %s; the whole file would be:%n%s", file, gone, added, now)
                .isTrue();
    }

    private static Set<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String surface(String module, Class<?> inside)
            throws IOException, URISyntaxException, ClassNotFoundException {
        URL location = inside.getProtectionDomain().getCodeSource().getLocation();
        ModuleReference reference =
                ModuleFinder.of(Path.of(location.toURI())).find(module).orElseThrow();
        Set<String> exported = reference.descriptor().exports().stream()
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        Set<String> lines = new TreeSet<>();
        try (ModuleReader reader = reference.open();
                Stream<String> entries = reader.list()) {
            for (String entry : entries.filter(name -> name.endsWith(".class")).toList()) {
                String name =
                        entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
                int dot = name.lastIndexOf('.');
                if (dot > 0 && exported.contains(name.substring(0, dot)) && !name.endsWith(".package-info")) {
                    describe(Class.forName(name, false, inside.getClassLoader()), lines);
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static void describe(Class<?> type, Set<String> lines) {
        if (!isVisible(type)) {
            return;
        }
        String name = type.getTypeName();
        lines.add(name + " is " + Modifier.toString(type.getModifiers() & ~Modifier.STATIC)
                + (type.isSealed() ? " sealed" : "")
                + Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                        .filter(parent -> parent != Object.class)
                        .map(parent -> " " + parent.getTypeName())
                        .sorted()
                        .collect(Collectors.joining()));
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            add(name, constructor, "new" + parameters(constructor), lines);
        }
        for (Method method : type.getDeclaredMethods()) {
            add(
                    name,
                    method,
                    method.getName() + parameters(method) + " "
                            + method.getGenericReturnType().getTypeName(),
                    lines);
        }
        for (Field field : type.getDeclaredFields()) {
            add(name, field, field.getName() + " " + field.getGenericType().getTypeName(), lines);
        }
    }

    private static boolean isVisible(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
            if (!Modifier.isPublic(c.getModifiers()) && !Modifier.isProtected(c.getModifiers())) {
                return false;
            }
        }
        return !type.isAnonymousClass() && !type.isLocalClass();
    }

    private static void add(String type, Member member, String text, Set<String> lines) {
        int modifiers = member.getModifiers();
        if (!member.isSynthetic()
                && !FROM_OBJECT.contains(member.getName())
                && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers))) {
            lines.add(type + "." + text + (Modifier.isStatic(modifiers) ? " static" : ""));
        }
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getGenericParameterTypes())
                .map(java.lang.reflect.Type::getTypeName)
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
