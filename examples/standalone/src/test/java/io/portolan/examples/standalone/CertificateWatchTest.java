package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.portolan.ftps.TlsKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Files of a certificate and its key that change while they are shown. */
class CertificateWatchTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(CertificateWatch.class);
    private final List<TlsKeys> shown = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private CertificateWatch watch;

    @BeforeEach
    void begin() throws IOException {
        log.start();
        // whatever the commands of other tests have set
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        replace(made("first"), certificate, key);
        watch = new CertificateWatch(certificate, key, TlsKeys.pem(certificate, key), shown::add);
        look();
    }

    @AfterEach
    void end() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private Path made(String name) throws IOException {
        Path pem = folder.resolve(name + ".pem");
        TlsKeys.selfSignedIn(pem);
        return pem;
    }

    private static void replace(Path by, Path... files) throws IOException {
        for (Path file : files) {
            Path draft = Files.copy(by, file.resolveSibling("draft"));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void look() {
        watch.look();
        watch.look();
    }

    @Test
    void whatHasNotChangedIsNotShownAgain() throws Exception {
        look();
        Files.setLastModifiedTime(certificate, FileTime.from(Instant.now().plusSeconds(5)));
        look();

        assertThat(shown).isEmpty();
        assertThat(log.list).isEmpty();
    }

    @Test
    void aRenewedCertificateIsShown() throws Exception {
        Path next = made("next");
        replace(next, certificate, key);
        look();
        look();

        assertThat(shown)
                .extracting(TlsKeys::fingerprint)
                .containsExactly(TlsKeys.pem(next, next).fingerprint());
    }

    @Test
    void nothingIsReadWhileTheFilesAreBeingWritten() throws Exception {
        Path next = made("next");
        replace(next, certificate);
        watch.look();
        replace(next, key);
        watch.look();
        assertThat(shown).isEmpty();
        watch.look();

        assertThat(shown).hasSize(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void filesThatCannotBeUsedAreToldOfOnceAndTheNextOnesShown() throws Exception {
        Files.writeString(certificate, "no PEM at all");
        look();
        look();
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains(certificate.toString(), "what was shown before stays", "there is no certificate in it");
        Path next = made("next");
        replace(next, certificate);
        look();
        assertThat(log.list).hasSize(2);
        Files.delete(key);
        look();
        assertThat(log.list).hasSize(3);
        assertThat(shown).isEmpty();
        replace(next, key);
        look();

        assertThat(shown).hasSize(1);
    }

    @Test
    void aLinkThatLeadsElsewhereNowHasChanged() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), certificate);
        CertificateWatch linked = new CertificateWatch(link, link, TlsKeys.pem(certificate, key), shown::add);
        linked.look();
        linked.look();
        Path next = made("next");
        Files.delete(link);
        Files.createSymbolicLink(link, next);
        linked.look();
        linked.look();

        assertThat(shown).hasSize(1);
    }
}
