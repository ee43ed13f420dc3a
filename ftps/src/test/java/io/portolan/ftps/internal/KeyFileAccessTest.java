package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Private keys in files that others can get at. */
class KeyFileAccessTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        file = folder.resolve("tls.pem");
        SelfSigned.keptIn(file, List.of());
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw---x---", "rw----r--", "rw-----w-", "rw------x", "rw-rw-rw-"})
    void aKeyOfOursThatOthersCanGetAtIsRefused(String permissions) throws Exception {
        permit(file, permissions);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SelfSigned.keptIn(file, List.of()))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void aKeyThatOnlyItsOwnerCanGetAtIsTaken(String permissions) throws Exception {
        permit(file, permissions);

        assertThatCode(() -> SelfSigned.keptIn(file, List.of())).doesNotThrowAnyException();
    }

    @Test
    void aKeyOfSomebodyElsesIsRefused() throws Exception {
        try {
            Files.setOwner(
                    file, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException e) {
            assumeTrue(false, "only root can give files away");
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SelfSigned.keptIn(file, List.of()))
                .withMessageContaining("belongs to nobody");
    }

    @Test
    void aFolderInWhichEverybodyCanWriteIsRefusedBeforeAKeyIsMade() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        permit(open, "rwxrwxrwx");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SelfSigned.keptIn(open.resolve("tls.pem"), List.of()))
                .withMessageStartingWith(open + ": ")
                .withMessageContaining("chmod o-w");
        assertThat(open).isEmptyDirectory();
    }

    @Test
    void aFolderWhereEverybodyHasTheirOwnFilesOnlyWillDo() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 01777);

        assertThatCode(() -> {
                    SelfSigned.keptIn(shared.resolve("tls.pem"), List.of());
                    SelfSigned.keptIn(shared.resolve("tls.pem"), List.of());
                })
                .doesNotThrowAnyException();
    }

    @Test
    void whereThereAreNoPermissionsNothingIsSaid() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
            Path inside = Files.copy(file, zip.getPath("/tls.pem"));
            assertThat(warningsWhile(() -> {
                        KeyFileAccess.requireSafeFolder(zip.getPath("/"));
                        KeyFileAccess.requireOurs(inside);
                        KeyFileAccess.warnOfOthers(inside);
                    }))
                    .isEmpty();
        }
    }

    @Test
    void aKeyLaidOutBySomebodyElseIsTakenWithAWarning() throws Exception {
        for (String careless : new String[] {"rw-r--r--", "rw-rw----", "rw-----w-"}) {
            permit(file, careless);
            assertThat(warningsWhile(() -> KeyFiles.pem(file, file, null)))
                    .singleElement()
                    .asString()
                    .startsWith(file + ": others than its owner can get at the private key in it");
        }
        for (String usual : new String[] {"rw-------", "rw-r-----"}) {
            permit(file, usual);
            assertThat(warningsWhile(() -> KeyFiles.pem(file, file, null))).isEmpty();
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static List<String> warningsWhile(Step step) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(KeyFileAccess.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            step.run();
        } finally {
            logger.detachAppender(log);
        }
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
