package io.portolan.ssh;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import org.junit.jupiter.api.Test;

/** The rules of who may import whom. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.portolan.ssh", "io.portolan.sftp");

    @Test
    void nothingHereKnowsFtp() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.portolan.ftp..")
                .check(CLASSES);
    }

    @Test
    void theDataTypesKnowNothingButTheJdkAndBuffers() {
        classes()
                .that()
                .resideInAPackage("io.portolan.ssh.internal.wire")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "io.netty.buffer", "io.portolan.ssh.internal.wire")
                .check(CLASSES);
    }

    @Test
    void thePackagesOfInternalsDoNotGoRoundInCircles() {
        slices().matching("io.portolan.ssh.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void nothingIsReadByJavasSerialization() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(CLASSES);
    }

    @Test
    void nothingStaticCanBeChanged() {
        noFields().that().areStatic().should().notBeFinal().check(CLASSES);
    }
}
