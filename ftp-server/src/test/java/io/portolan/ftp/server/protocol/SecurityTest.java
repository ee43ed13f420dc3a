package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.security.ServerMechanism;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** AUTH, PBSZ, PROT and CCC (RFC 2228 §3, RFC 4217) with a mechanism whose protection can be seen through: it turns each octet's bits over. */
class SecurityTest {

    /** The mechanism. */
    private record Veil(boolean login, boolean data, boolean clearing) implements ServerMechanism, ServerSecurity {
        @Override
        public ServerSecurity open(SecurityThreads threads) {
            return this;
        }

        @Override
        public void close() {}

        @Override
        public boolean isProtected(int firstOctet) {
            return firstOctet > 0x7f;
        }

        @Override
        public Set<String> names() {
            return Set.of("VEIL");
        }

        @Override
        public Set<ProtectionLevel> dataLevels() {
            return EnumSet.of(ProtectionLevel.CLEAR, ProtectionLevel.PRIVATE);
        }

        @Override
        public boolean impliesDataProtection(String name) {
            return false;
        }

        @Override
        public SessionSecurity begin(String name, @Nullable String host) {
            return new SessionSecurity() {
                @Override
                public void protectControl(ChannelPipeline control) {
                    control.addFirst(new Turning());
                }

                @Override
                public void protectData(ChannelPipeline data, boolean incoming) {
                    data.addLast(new Turning());
                }

                @Override
                public Future<Void> clearControl(ChannelPipeline control) {
                    control.remove(Turning.class);
                    return control.channel().eventLoop().newSucceededFuture(null);
                }

                @Override
                public Optional<String> serverName() {
                    return Optional.empty();
                }

                @Override
                public List<X509Certificate> clientCertificates() {
                    return List.of();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public boolean isRequiredForLogin() {
            return login;
        }

        @Override
        public boolean isRequiredForData() {
            return data;
        }

        @Override
        public boolean isClearingAllowed() {
            return clearing;
        }
    }

    private static final class Turning extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            turn((ByteBuf) message);
            ctx.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ByteBuf copy = ((ByteBuf) message).copy();
            ((ByteBuf) message).release();
            turn(copy);
            ctx.write(copy, promise);
        }

        private static void turn(ByteBuf octets) {
            for (int i = octets.readerIndex(); i < octets.writerIndex(); i++) {
                octets.setByte(i, ~octets.getByte(i));
            }
        }
    }

    private static byte[] turned(byte[] octets) {
        byte[] result = octets.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) ~result[i];
        }
        return result;
    }

    private static ServerFixture serverWith(ServerMechanism mechanism) {
        return ServerFixture.inMemory(builder -> builder.securityMechanism(mechanism));
    }

    /** Says something under the veil, and reads the one-line answer. */
    private static String veiled(FtpTestClient client, String line) throws IOException {
        client.sendRaw(turned((line + "\r\n").getBytes(StandardCharsets.UTF_8)));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n") < 0) {
            int octet = client.control().getInputStream().read();
            assertThat(octet).isGreaterThanOrEqualTo(0);
            answer.append((char) (~octet & 0xff));
        }
        return answer.toString().strip();
    }

    private static FtpTestClient underTheVeil(ServerFixture server) throws IOException {
        FtpTestClient client = server.connect();
        client.expect(220);
        client.expect(234, "AUTH veil");
        return client;
    }

    @Test
    void authProtectsWhatFollows() throws Exception {
        try (ServerFixture server = serverWith(new Veil(false, false, false))) {
            FtpTestClient client = underTheVeil(server);
            assertThat(veiled(client, "USER " + ServerFixture.USER)).startsWith("331 ");
            assertThat(server.server().sessions().get(0).isEncrypted()).isTrue();
            assertThat(veiled(client, "PASS " + ServerFixture.PASSWORD)).startsWith("230 ");
            assertThat(veiled(client, "AUTH VEIL")).startsWith("503 ");
            assertThat(veiled(client, "PWD")).startsWith("257 ");
        }
    }

    @Test
    void authAsksForAnotherLogin() throws Exception {
        try (ServerFixture server = serverWith(new Veil(false, false, false))) {
            FtpTestClient client = server.login();
            client.expect(234, "AUTH VEIL");
            assertThat(veiled(client, "PWD")).startsWith("530 ");
        }
    }

    @Test
    void anUnknownMechanismIsRefused() throws Exception {
        try (ServerFixture server = serverWith(new Veil(false, false, false))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(504, "AUTH KERBEROS_V4");
            client.expect(501, "AUTH");
            assertThat(client.expect(211, "FEAT").lines()).contains(" AUTH VEIL", " PBSZ", " PROT");
        }
    }

    @Test
    void nothingMayStandBehindAuth() throws Exception {
        for (String smuggled : new String[] {"USER mallory\r\n", "X", "\r\n", "NOOP\r\nNOOP\r\n"}) {
            try (ServerFixture server = serverWith(new Veil(false, false, false))) {
                FtpTestClient client = server.connect();
                client.expect(220);
                client.sendRaw("AUTH VEIL\r\n" + smuggled);
                client.expect(503);
                client.expectClosed();
            }
        }
    }

    @Test
    void aLoginInTheClearCanBeRefused() throws Exception {
        try (ServerFixture server = serverWith(new Veil(true, false, true))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(530, "USER " + ServerFixture.USER);
            client.expect(234, "AUTH VEIL");
            assertThat(veiled(client, "USER " + ServerFixture.USER)).startsWith("331 ");
        }
    }

    @Test
    void protNeedsPbszAndPbszNeedsAuth() throws Exception {
        try (ServerFixture server = serverWith(new Veil(false, true, false))) {
            FtpTestClient plain = server.connect();
            plain.expect(220);
            plain.expect(503, "PBSZ 0");
            plain.expect(503, "PROT P");
            plain.expect(533, "CCC");
            FtpTestClient client = underTheVeil(server);
            assertThat(veiled(client, "PROT P")).startsWith("503 ");
            assertThat(veiled(client, "PBSZ 4294967296")).startsWith("501 ");
            assertThat(veiled(client, "PBSZ -1")).startsWith("501 ");
            assertThat(veiled(client, "PBSZ 0")).isEqualTo("200 PBSZ=0");
            assertThat(veiled(client, "PROT X")).startsWith("504 ");
            assertThat(veiled(client, "PROT S")).startsWith("536 ");
            assertThat(veiled(client, "PROT C")).startsWith("534 ");
            assertThat(veiled(client, "PROT P")).startsWith("200 ");
            assertThat(veiled(client, "CCC")).startsWith("534 ");
        }
    }

    @Test
    void dataIsProtectedAsProtSaysAndRefusedWhereItMustBe() throws Exception {
        try (ServerFixture server = serverWith(new Veil(false, true, false))) {
            server.write("/file", "0123456789");
            FtpTestClient client = underTheVeil(server);
            veiled(client, "USER " + ServerFixture.USER);
            veiled(client, "PASS " + ServerFixture.PASSWORD);
            String passive = veiled(client, "EPSV");
            assertThat(passive).startsWith("229 ");
            assertThat(veiled(client, "RETR file")).startsWith("521 ");
            veiled(client, "PBSZ 0");
            veiled(client, "PROT P");
            veiled(client, "TYPE I");
            String again = veiled(client, "EPSV").replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1");
            try (TestData data = client.connectTo(Integer.parseInt(again))) {
                assertThat(veiled(client, "RETR file")).startsWith("150 ");
                assertThat(turned(data.readAll())).isEqualTo("0123456789".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** Alice's data is for nobody else's eyes, bob's is; both have the same password. */
    private static ServerFixture serverOfTwo(ServerMechanism... mechanism) {
        return ServerFixture.inMemory(builder -> {
            builder.authenticator(request -> request.credentials() instanceof Credentials.Password
                    ? AuthenticationResult.accepted(
                            request.user().equals(ServerFixture.USER)
                                    ? Identity.of(request.user()).withProtectedDataOnly()
                                    : Identity.of(request.user()))
                    : AuthenticationResult.rejected("no password"));
            return mechanism.length == 0 ? builder : builder.securityMechanism(mechanism[0]);
        });
    }

    private static void veiledLogin(FtpTestClient client, String user) throws IOException {
        assertThat(veiled(client, "USER " + user)).startsWith("331 ");
        assertThat(veiled(client, "PASS x")).startsWith("230 ");
    }

    @Test
    void dataOfAUserForWhomItMustBeProtectedIsNotSentInTheClear() throws Exception {
        try (ServerFixture server = serverOfTwo(new Veil(false, false, false))) {
            server.write("/file", "0123456789");
            FtpTestClient client = underTheVeil(server);
            veiledLogin(client, ServerFixture.USER);
            for (String command :
                    new String[] {"RETR file", "STOR file", "APPE file", "STOU", "LIST", "NLST", "MLSD"}) {
                assertThat(veiled(client, "EPSV")).startsWith("229 ");
                assertThat(veiled(client, command)).startsWith("521 ");
            }
            veiled(client, "PBSZ 0");
            assertThat(veiled(client, "PROT C")).startsWith("534 ");
            assertThat(veiled(client, "PROT P")).startsWith("200 ");
            veiled(client, "TYPE I");
            String port = veiled(client, "EPSV").replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1");
            try (TestData data = client.connectTo(Integer.parseInt(port))) {
                assertThat(veiled(client, "RETR file")).startsWith("150 ");
                assertThat(turned(data.readAll())).isEqualTo("0123456789".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void whatOneUserMayHaveInTheClearTheNextMayNot() throws Exception {
        try (ServerFixture server = serverOfTwo(new Veil(false, false, false))) {
            FtpTestClient client = underTheVeil(server);
            veiled(client, "PBSZ 0");
            veiledLogin(client, "bob");
            assertThat(veiled(client, "PROT C")).startsWith("200 ");
            assertThat(veiled(client, "EPSV")).startsWith("229 ");
            veiledLogin(client, ServerFixture.USER);
            assertThat(veiled(client, "EPSV")).startsWith("229 ");
            assertThat(veiled(client, "NLST")).startsWith("521 ");
        }
    }

    @Test
    void aServerThatCannotProtectDataMovesNoneOfAUserForWhomItMustBeProtected() throws Exception {
        try (ServerFixture server = serverOfTwo()) {
            FtpTestClient client = server.connect().login(ServerFixture.USER, "x");
            client.expect(229, "EPSV");
            client.expect(521, "NLST");
            client.expect(257, "PWD");
        }
    }

    @Test
    void cccTakesTheControlConnectionIntoTheClear() throws Exception {
        try (ServerFixture server = serverWith(new Veil(false, false, true))) {
            FtpTestClient client = underTheVeil(server);
            assertThat(veiled(client, "CCC")).startsWith("200 ");
            client.expect(200, "NOOP");
            assertThat(server.server().sessions().get(0).isEncrypted()).isFalse();
        }
    }
}
