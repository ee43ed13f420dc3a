package io.portolan.examples.embedding;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Our jars are modules of the JDK's system and bundles of OSGi's, and both must say the same of them. */
class BundlesTest {

    private final Map<String, Path> jars = jarsByModule();

    @Test
    void theServerAndTheCoreAreLookedAt() {
        assertThat(jars).containsKeys("io.portolan.ftp.core", "io.portolan.ftp.server");
    }

    @Test
    void whatABundleImportsOfUsAnotherExports() {
        Set<String> exported = jars.values().stream()
                .flatMap(jar -> packages(jar, "Export-Package"))
                .collect(toSet());
        for (Path jar : jars.values()) {
            assertThat(packages(jar, "Import-Package").filter(name -> name.startsWith("io.portolan.")))
                    .as(jar.toString())
                    .isSubsetOf(exported);
        }
    }

    @Test
    void aBundleExportsToAllWhatItsModuleExportsToAll() {
        jars.forEach((module, jar) -> assertThat(packages(jar, "Export-Package").filter(name -> !isInternal(name)))
                .as(module)
                .containsExactlyInAnyOrderElementsOf(descriptor(jar).exports().stream()
                        .filter(export -> !export.isQualified())
                        .map(ModuleDescriptor.Exports::source)
                        .toList()));
    }

    private static boolean isInternal(String name) {
        return (name + ".").contains(".internal.");
    }

    @Test
    void whatIsInternalIsExportedToSiblingsOnly() {
        jars.forEach((module, jar) -> assertThat(clauses(jar, "Export-Package")
                        .filter(clause -> isInternal(clause.split(";", 2)[0]))
                        .filter(clause -> !clause.contains("x-friends:=\"io.portolan.")))
                .as(module)
                .isEmpty());
    }

    /** The jars of ours that are modules, or the folders of classes if the build has not made jars yet. */
    private static Map<String, Path> jarsByModule() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(BundlesTest::isOurs)
                .collect(toMap(path -> descriptor(path).name(), path -> path));
    }

    private static boolean isOurs(Path path) {
        return Files.exists(path)
                && ModuleFinder.of(path).findAll().stream()
                        .anyMatch(module -> !module.descriptor().isAutomatic()
                                && module.descriptor().name().startsWith("io.portolan."));
    }

    private static ModuleDescriptor descriptor(Path path) {
        return ModuleFinder.of(path).findAll().iterator().next().descriptor();
    }

    private static Stream<String> packages(Path jar, String header) {
        return clauses(jar, header).map(clause -> clause.replaceFirst(";.*", ""));
    }

    /** The clauses of a header, which commas part; those within quotes part nothing. */
    private static Stream<String> clauses(Path jar, String header) {
        String value = manifest(jar).getMainAttributes().getValue(header);
        return value == null ? Stream.empty() : List.of(value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")).stream();
    }

    private static Manifest manifest(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (InputStream in = Files.newInputStream(path.resolve(JarFile.MANIFEST_NAME))) {
                    return new Manifest(in);
                }
            }
            try (JarFile jar = new JarFile(path.toFile())) {
                return jar.getManifest();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
