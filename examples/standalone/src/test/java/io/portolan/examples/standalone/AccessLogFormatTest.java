package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.Identity;
import io.portolan.fs.VirtualPath;
import io.portolan.session.Encryption;
import io.portolan.session.SessionInfo;
import io.portolan.session.TransferInfo;
import io.portolan.testing.FakeSession;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessLogFormatTest {

    private static final Instant TIME = Instant.parse("2026-11-02T03:04:05.678Z");

    private static final AccessLog.Format XFERLOG = new Xferlog(ZoneOffset.UTC);

    private static final AccessLog.Format JSON = new JsonLines();

    @Test
    void aDownloadIsALineOfFourteenFields() throws Exception {
        assertThat(XFERLOG.transfer(TIME, session("al"), transfer(TransferInfo.Direction.DOWNLOAD, "/a.txt"), true))
                .isEqualTo("Mon Nov  2 03:04:05 2026 2 192.0.2.7 1000 /a.txt b _ o r al ftp 0 * c");
    }

    @Test
    void anUploadThatBrokeIsIncomplete() throws Exception {
        assertThat(XFERLOG.transfer(TIME, session("anonymous"), transfer(TransferInfo.Direction.UPLOAD, "/a"), false))
                .endsWith(" /a b _ i a anonymous ftp 0 * i");
    }

    @Test
    void namesCannotMakeFieldsOrLinesOfTheXferlog() throws Exception {
        String path = "/a b\u3000c\u00a0\"[d]\u00e9";

        assertThat(XFERLOG.transfer(TIME, session("al x"), transfer(TransferInfo.Direction.UPLOAD, path), true))
                .contains(" /a_b_c___d_\u00e9 ", " al_x ");
        assertThat(XFERLOG.failedLogin(TIME, session(null), "x] OK LOGIN: Client \"203.0.113.9\"\n", "no"))
                .endsWith(" [x__OK_LOGIN:_Client__203.0.113.9__] FAIL LOGIN: Client \"192.0.2.7\"");
    }

    @Test
    void everyLineOfJsonIsAnObject() throws Exception {
        assertThat(JSON.transfer(TIME, session("al"), transfer(TransferInfo.Direction.DOWNLOAD, "/a.txt"), true))
                .isEqualTo("{\"time\":\"2026-11-02T03:04:05.678Z\",\"event\":\"download\",\"protocol\":\"ftp\","
                        + "\"session\":\"s1\",\"client\":\"192.0.2.7\",\"user\":\"al\",\"path\":\"/a.txt\","
                        + "\"offset\":5,\"bytes\":1000,\"millis\":2500,\"encrypted\":false,\"complete\":true}");
        assertThat(JSON.failedLogin(TIME, session(null), "al", "no such user"))
                .endsWith("\"user\":\"al\",\"encrypted\":false,\"reason\":\"no such user\"}");
    }

    @Test
    void jsonEscapesWhatIsNotPlain() throws Exception {
        assertThat(JSON.login(TIME, session(null), "\"\\\n\u2028\ud800\u00e9"))
                .endsWith("\"user\":\"\\\"\\\\\\u000a\\u2028\\ud800\\u00e9\",\"encrypted\":false}");
    }

    private static TransferInfo transfer(TransferInfo.Direction direction, String path) {
        return new TransferInfo(direction, VirtualPath.of(path), 5, 1000, TIME, Duration.ofMillis(2500), false);
    }

    private static final Encryption TLS = new Encryption("TLSv1.3", "TLS_AES_256_GCM_SHA384");

    @Test
    void encryptedTransfersAndLoginsAreKnown() throws Exception {
        SessionInfo session = new FakeSession("s1", Optional.of(Identity.of("al")), Optional.of(TLS));
        TransferInfo transfer = new TransferInfo(
                TransferInfo.Direction.DOWNLOAD, VirtualPath.of("/a.txt"), 0, 9, TIME, Duration.ofMillis(5), true);

        assertThat(XFERLOG.transfer(TIME, session, transfer, true)).endsWith(" /a.txt b _ o r al ftps 0 * c");
        assertThat(XFERLOG.login(TIME, session, "al"))
                .endsWith(" [al] OK LOGIN: Client \"192.0.2.7\", TLSv1.3 TLS_AES_256_GCM_SHA384");
        assertThat(JSON.transfer(TIME, session, transfer, true))
                .contains("\"user\":\"al\",\"tls\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\",")
                .endsWith("\"encrypted\":true,\"complete\":true}");
        assertThat(JSON.login(TIME, session, "al"))
                .endsWith("\"tls\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"encrypted\":true}");
    }

    /** An encrypted session tells nothing of a data connection after PROT C. */
    @Test
    void dataInTheClearIsKnownBesideAnEncryptedControlConnection() throws Exception {
        SessionInfo session = new FakeSession("s1", Optional.of(Identity.of("al")), Optional.of(TLS));

        assertThat(XFERLOG.transfer(TIME, session, transfer(TransferInfo.Direction.DOWNLOAD, "/a"), true))
                .contains(" al ftp 0 ");
        assertThat(JSON.transfer(TIME, session, transfer(TransferInfo.Direction.DOWNLOAD, "/a"), true))
                .contains("\"tls\":\"TLSv1.3\"", "\"encrypted\":false");
    }

    private static SessionInfo session(@Nullable String user) {
        return new FakeSession("s1", Optional.ofNullable(user).map(Identity::of));
    }
}
