package io.portolan.ftps;

import io.portolan.ftp.security.SecurityMechanism;
import io.portolan.ftps.internal.ServerTlsMechanism;
import io.portolan.ftps.internal.ServerTlsSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * TLS for FTP servers, to be given to a server's builder as its security mechanism; several servers may share one:
 *
 * <pre>{@code
 * ServerTls tls = ServerTls.with(TlsKeys.pem(Path.of("fullchain.pem"), Path.of("privkey.pem")));
 * FtpServer server = FtpServer.builder()
 *         .port(21)
 *         .implicitPort(990)
 *         .securityMechanism(tls)
 *         …
 *         .start();
 * }</pre>
 *
 * <p>With it a server takes AUTH TLS (explicit, RFC 4217), and connections that are protected from the first octet (implicit) on the port that its settings name for them. Unless the {@linkplain #builder() builder} is
 * told otherwise, nobody logs in (530) or transfers (521) in the clear, and data connections must resume the TLS session of their control connection (522). What must be so for some users only is for the
 * authenticator to say: it sees whether a session {@linkplain io.portolan.session.SessionInfo#isEncrypted() is encrypted}, and gives users whose data must be protected as {@link
 * io.portolan.auth.Identity#withProtectedDataOnly()}.
 *
 * <p>When the certificate has been renewed, {@link #reload(TlsKeys)} shows the new one, and sessions go on. The log warns of certificates that clients refuse for their dates, or will within 14 days.
 *
 * <p>Not to be implemented by others: it may grow. Safe to use from any thread.
 */
public interface ServerTls extends SecurityMechanism {

    /**
     * Begins the settings.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /**
     * TLS with safe settings: TLS 1.3 and 1.2, data connections that must be protected and resume their control connection's session, no login in the clear.
     *
     * @param keys what the server shows
     * @return the mechanism
     */
    static ServerTls with(TlsKeys keys) {
        return builder().keys(keys).build();
    }

    /**
     * Shows other keys from now on, such as when a certificate has been renewed, in every server that has this mechanism. Sessions that there are go on with what they began with, and their data connections
     * too. Waits until it is so.
     *
     * @param keys the new keys
     * @throws IllegalArgumentException if they cannot be used; then nothing changes
     */
    default void reload(TlsKeys keys) {
        ((ServerTlsMechanism) this).reload(keys.source(), null);
    }

    /**
     * Shows other keys and trusts other clients from now on, such as when there is a newer revocation list; see {@link #reload(TlsKeys)}.
     *
     * @param keys the new keys
     * @param clients the new setting for clients' certificates
     * @throws IllegalArgumentException if they cannot be used; then nothing changes
     */
    default void reload(TlsKeys keys, ClientCertificates clients) {
        ((ServerTlsMechanism) this).reload(keys.source(), clients.auth());
    }

    /** Takes the settings of a {@link ServerTls}. Not for several threads at a time. */
    final class Builder {
        private @Nullable TlsKeys keys;
        private ClientCertificates clients = ClientCertificates.off();
        private TlsEngine engine = TlsEngine.AUTO;
        private TlsPreset preset = TlsPreset.MODERN;
        private SessionResumption resumption = SessionResumption.REQUIRE;
        private boolean requiredForLogin = true;
        private boolean requiredForData = true;
        private boolean clearControl;
        private List<String> serverNames = List.of();

        private Builder() {}

        /**
         * Sets what the server shows. There is no default.
         *
         * @param keys the keys and certificates
         * @return this
         */
        public Builder keys(TlsKeys keys) {
            this.keys = Objects.requireNonNull(keys, "keys");
            return this;
        }

        /**
         * Sets whether clients show certificates.
         *
         * @param certificates {@link ClientCertificates#off()} unless set
         * @return this
         */
        public Builder clientCertificates(ClientCertificates certificates) {
            this.clients = Objects.requireNonNull(certificates, "clientCertificates");
            return this;
        }

        /**
         * Sets what does the arithmetic.
         *
         * @param engine {@link TlsEngine#AUTO} unless set
         * @return this
         */
        public Builder engine(TlsEngine engine) {
            this.engine = Objects.requireNonNull(engine, "engine");
            return this;
        }

        /**
         * Sets the cipher suites.
         *
         * @param preset {@link TlsPreset#MODERN} unless set
         * @return this
         */
        public Builder preset(TlsPreset preset) {
            this.preset = Objects.requireNonNull(preset, "preset");
            return this;
        }

        /**
         * Sets whether data connections must resume the session of their control connection. With an {@link TlsKeys#sslContext SSLContext} they can be required to if it is of the JDK's own provider.
         *
         * @param resumption {@link SessionResumption#REQUIRE} unless set
         * @return this
         */
        public Builder dataSessionResumption(SessionResumption resumption) {
            this.resumption = Objects.requireNonNull(resumption, "dataSessionResumption");
            return this;
        }

        /**
         * Sets whether users must be protected before they log in; otherwise USER is refused with 530.
         *
         * @param required true unless set
         * @return this
         */
        public Builder requiredForLogin(boolean required) {
            this.requiredForLogin = required;
            return this;
        }

        /**
         * Sets whether data connections must be protected; otherwise transfers are refused with 521 until the client says PROT P, and PROT C with 534.
         *
         * @param required true unless set
         * @return this
         */
        public Builder requiredForData(boolean required) {
            this.requiredForData = required;
            return this;
        }

        /**
         * Sets whether CCC may take the control connection back into the clear, as some firewalls want it that read along to open ports. Whoever else reads along can then
         * change commands.
         *
         * @param allowed false unless set
         * @return this
         */
        public Builder allowClearControl(boolean allowed) {
            this.clearControl = allowed;
            return this;
        }

        /**
         * Sets what the server is called. Clients that ask TLS for another name (SNI) are refused with an unrecognized_name alert (RFC 6066 §3), on control and data connections, even if there is a certificate for it: so a
         * browser that somebody has led here, with the name of a web server that shares the certificate, has nothing to read (the ALPACA attack). Clients that ask for no name, as for an address, are let in.
         *
         * @param names names such as {@code ftp.example.net}, or {@code *.example.net} for any one label; none, which is the default, for whatever clients call it
         * @return this
         */
        public Builder serverNames(String... names) {
            this.serverNames = Arrays.stream(names)
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            return this;
        }

        /**
         * Makes the mechanism.
         *
         * @return the mechanism
         * @throws IllegalArgumentException if there are no keys, or if settings contradict each other; the message names the one to change
         */
        public ServerTls build() {
            if (keys == null) {
                throw new IllegalArgumentException(
                        "keys: not set; give TlsKeys.pem(chain, key), or TlsKeys.selfSigned() while you develop");
            }
            return new ServerTlsMechanism(new ServerTlsSettings(
                    keys.source(),
                    clients.auth(),
                    engine,
                    preset,
                    resumption,
                    requiredForLogin,
                    requiredForData,
                    clearControl,
                    serverNames));
        }
    }
}
