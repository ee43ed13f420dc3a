package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.client.testing.PretendedSecurity;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who of two servers is asked to be the client of TLS's handshake (SSCN, CPSV), and that it is not asked for more than that. */
class ProtectedServerCopyTest {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> SHOWN =
            Set.of("SSCN", "CPSV", "PASV", "EPSV", "PORT", "EPRT", "STOR", "RETR", "ABOR");

    private NastyServer from;
    private NastyServer to;
    private FtpClient here;
    private FtpClient there;

    @BeforeEach
    void start() {
        from = server().file("/file", CONTENT);
        to = server();
        here = client(from);
        there = client(to);
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
        from.close();
        to.close();
    }

    private static NastyServer server() {
        return NastyServer.start()
                .reply("AUTH", "234 Go ahead.")
                .on("SSCN", (session, argument) -> session.reply("200 SSCN:" + argument))
                .on("CPSV", (session, argument) -> {
                    int port = session.passive();
                    session.reply("227 Here (127,0,0,1," + (port >> Byte.SIZE) + "," + (port & 0xff) + ").");
                });
    }

    private static FtpClient client(NastyServer server) {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(server.port())
                .scheme(FtpScheme.EXPLICIT_TLS)
                .securityMechanism(new PretendedSecurity())
                .build();
    }

    private void copy() throws Exception {
        try (FtpSession one = ClientTest.get(here.connect());
                FtpSession two = ClientTest.get(there.connect())) {
            ClientTest.get(one.copyTo("/file", two, "/copy"));
        }
    }

    private static String[] shown(NastyServer server) {
        return server.commands().stream()
                .filter(command -> SHOWN.contains(command.split(" ", 2)[0]))
                .map(command -> command.startsWith("PORT") ? "PORT" : command)
                // the name of a file that is not whole has a part that nobody knows before
                .map(command -> command.replaceFirst("\\.[0-9a-z]+\\.part$", ""))
                .toArray(String[]::new);
    }

    @Test
    void theSourceIsTheClientIfItKnowsHow() throws Exception {
        from.features("SSCN");
        to.features("SSCN", "CPSV");
        copy();
        assertThat(shown(from)).containsExactly("SSCN ON", "PORT", "RETR /file", "SSCN OFF");
        assertThat(shown(to)).containsExactly("PASV", "STOR /copy");
        assertThat(to.read("/copy")).isEqualTo(CONTENT);
    }

    @Test
    void theTargetIsTheClientWhereTheSourceDoesNotKnowHow() throws Exception {
        to.features("SSCN");
        copy();
        assertThat(shown(from)).containsExactly("PORT", "RETR /file");
        assertThat(shown(to)).containsExactly("SSCN ON", "PASV", "STOR /copy", "SSCN OFF");
        assertThat(to.read("/copy")).isEqualTo(CONTENT);
    }

    @Test
    void theTargetIsAskedByCpsvWhereNobodyKnowsSscn() throws Exception {
        to.features("CPSV");
        copy();
        assertThat(shown(from)).containsExactly("PORT", "RETR /file");
        assertThat(shown(to)).containsExactly("CPSV", "STOR /copy");
        assertThat(to.read("/copy")).isEqualTo(CONTENT);
    }

    @Test
    void nothingIsMovedInTheClearWhereNeitherKnowsHow() {
        assertThatThrownBy(this::copy).isInstanceOf(FtpException.class).hasMessageContaining("SSCN, CPSV");
        assertThat(shown(from)).isEmpty();
        assertThat(shown(to)).isEmpty();
    }

    @Test
    void nothingIsMovedWhereOneOfTheTwoIsInTheClear() throws Exception {
        from.features("SSCN");
        try (FtpClient clear =
                        FtpClient.builder().host("127.0.0.1").port(to.port()).build();
                FtpSession one = ClientTest.get(here.connect());
                FtpSession two = ClientTest.get(clear.connect())) {
            assertThatThrownBy(() -> ClientTest.get(one.copyTo("/file", two, "/copy")))
                    .isInstanceOf(FtpException.class);
        }
        assertThat(shown(to)).isEmpty();
    }

    @Test
    void theServerThatWasAskedIsTheServerAgainBehindAFailure() throws Exception {
        from.features("SSCN").reply("RETR", "550 Not this one.");
        to.reply("ABOR", "426 Never mind.", "226 Done.").on("STOR", (session, path) -> session.reply("150 Go ahead."));
        assertThatThrownBy(this::copy).isInstanceOf(FtpReplyException.class).hasMessageContaining("RETR /file");
        assertThat(shown(from)).containsExactly("SSCN ON", "PORT", "RETR /file", "SSCN OFF");
        assertThat(shown(to)).containsExactly("PASV", "STOR /copy", "ABOR");
    }

    @Test
    void aServerThatStaysTheClientIsLeft() throws Exception {
        from.features("SSCN")
                .on(
                        "SSCN",
                        (session, argument) ->
                                session.reply(argument.equals("ON") ? "200 SSCN:ON" : "500 I stay what I am."));
        try (FtpSession one = ClientTest.get(here.connect());
                FtpSession two = ClientTest.get(there.connect())) {
            ClientTest.get(one.copyTo("/file", two, "/copy"));
            ClientTest.get(one.closed());
            assertThat(two.isOpen()).isTrue();
        }
    }
}
