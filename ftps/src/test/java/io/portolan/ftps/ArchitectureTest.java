package io.portolan.ftps;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.portolan.testing.ApiSurface;
import org.junit.jupiter.api.Test;

/** The rules of who may import whom. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.portolan.ftps");

    @Test
    void nettyAndBouncyCastleStayOutOfThePublicApi() {
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().startsWith("io.netty"), ""))
                .isEmpty();
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().startsWith("org.bouncycastle"), ""))
                .isEmpty();
    }

    @Test
    void internalTypesStayOutOfThePublicApi() {
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().contains(".internal"), ""))
                .isEmpty();
    }

    @Test
    void neitherServerNorClientIsKnown() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.portolan.ftp.server..", "io.portolan.ftp.client..")
                .check(CLASSES);
    }

    @Test
    void nothingStaticCanBeChanged() {
        noFields().that().areStatic().should().notBeFinal().check(CLASSES);
    }

    /** What users call must not touch Netty on their threads. */
    @Test
    void keysAreReadWithoutNetty() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Key")
                .or()
                .haveSimpleName("SelfSigned")
                .or()
                .haveSimpleName("ClientAuth")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }
}
