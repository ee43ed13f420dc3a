package io.portolan.ftp.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
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
            .importPackages("io.portolan.ftp.client");

    @Test
    void nettyStaysOutOfThePublicApi() {
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().startsWith("io.netty"), ""))
                .isEmpty();
    }

    @Test
    void internalTypesStayOutOfThePublicApi() {
        assertThat(ApiSurface.leaks(CLASSES, type -> type.getPackageName().contains(".internal"), ""))
                .isEmpty();
    }

    /** Applications call on threads of their own, on which nothing of Netty may run. */
    @Test
    void whatApplicationsCallDoesNotKnowNetty() {
        noClasses()
                .that()
                .resideInAPackage("io.portolan.ftp.client")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    /** But the check of a server, which speaks the JDK's TLS for itself. */
    @Test
    void tlsAndTheServerAreNotKnown() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.portolan.ftp.client.internal.check")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.portolan.ftps..", "io.portolan.ftp.server..", "javax.net.ssl..", "io.netty.handler.ssl..")
                .check(CLASSES);
    }

    @Test
    void commandsKnowTheSessionAndTheSessionKnowsTransfersAndConnections() {
        slices().matching("io.portolan.ftp.client.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void nothingStaticCanBeChanged() {
        noFields().that().areStatic().should().notBeFinal().check(CLASSES);
    }
}
