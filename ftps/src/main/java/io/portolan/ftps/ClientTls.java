package io.portolan.ftps;

import io.portolan.ftp.security.SecurityMechanism;
import io.portolan.ftps.internal.ClientTlsMechanism;
import io.portolan.ftps.internal.ClientTlsSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * TLS for FTP clients, to be given to a client's builder as its security mechanism; several clients may share one:
 *
 * <pre>{@code
 * FtpClient client = FtpClient.builder()
 *         .securityMechanism(ClientTls.defaults())
 *         …
 * }</pre>
 *
 * <p>Whether a client asks for TLS (explicit, AUTH TLS, RFC 4217), or begins with it (implicit), is for its own settings to say; where it does, nothing goes on in the clear. Unless the {@linkplain #builder() builder} is told
 * otherwise, the server's certificate must have been issued by an authority that the JVM trusts for the very name or address that the client connects to, on the control connection and on each data connection; data connections
 * are protected, offer to resume the TLS session of their control connection, as many servers demand, and a download that does not end with TLS's close_notify has failed, since anybody on the way could have cut
 * it (RFC 8446 §6.1).
 *
 * <p>Not to be implemented by others: it may grow. Safe to use from any thread.
 */
public interface ClientTls extends SecurityMechanism {

    /**
     * Begins the settings.
     *
     * @return a builder
     */
    static Builder builder() {
        return new Builder();
    }

    /**
     * TLS with safe settings: TLS 1.3 and 1.2, servers that the JVM's authorities vouch for.
     *
     * @return the mechanism
     */
    static ClientTls defaults() {
        return builder().build();
    }

    /**
     * TLS with safe settings, for servers that are trusted so.
     *
     * @param trust which servers are trusted
     * @return the mechanism
     */
    static ClientTls trusting(ServerTrust trust) {
        return builder().trust(trust).build();
    }

    /** Takes the settings of a {@link ClientTls}. Not for several threads at a time. */
    final class Builder {

        /** Many round trips to the far side of the world, and a slow machine there. */
        private static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

        private static final Duration SHORTEST_HANDSHAKE_TIMEOUT = Duration.ofMillis(1);
        private static final Duration LONGEST_HANDSHAKE_TIMEOUT = Duration.ofHours(1);

        private ServerTrust trust = ServerTrust.system();
        private @Nullable TlsKeys keys;
        private TlsEngine engine = TlsEngine.AUTO;
        private TlsPreset preset = TlsPreset.MODERN;
        private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;
        private boolean tls13 = true;
        private boolean applicationProtocol;
        private boolean dataProtected = true;
        private boolean controlCleared;

        private Builder() {}

        /**
         * Sets which servers are trusted.
         *
         * @param trusted {@link ServerTrust#system()} unless set
         * @return this
         */
        public Builder trust(ServerTrust trusted) {
            this.trust = Objects.requireNonNull(trusted, "trust");
            return this;
        }

        /**
         * Sets what the client shows to servers that ask for a certificate, on data connections as well.
         *
         * @param keys the keys and certificates; nothing is shown unless set
         * @return this
         */
        public Builder clientKeys(TlsKeys keys) {
            this.keys = Objects.requireNonNull(keys, "clientKeys");
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
         * @param preset {@link TlsPreset#MODERN} unless set; {@link TlsPreset#COMPATIBLE} for servers of 2010
         * @return this
         */
        public Builder preset(TlsPreset preset) {
            this.preset = Objects.requireNonNull(preset, "preset");
            return this;
        }

        /**
         * Sets whether TLS 1.3 is offered, beside TLS 1.2. Some servers that demand that data connections resume the session get it wrong with TLS 1.3, where each session ticket is for one connection only:
         * ProFTPD 1.3.8 sends none on uploads, so that with {@link TlsEngine#JDK} it refuses the second transfer behind one. BoringSSL gets along with that.
         *
         * @param allowed true unless set
         * @return this
         */
        public Builder allowTls13(boolean allowed) {
            this.tls13 = allowed;
            return this;
        }

        /**
         * Sets how long a handshake may take, of the control connection and of each data connection.
         *
         * @param timeout at least a millisecond and at most an hour; 10 s unless set
         * @return this
         * @throws IllegalArgumentException if it is not in this range
         */
        public Builder handshakeTimeout(Duration timeout) {
            if (timeout.compareTo(SHORTEST_HANDSHAKE_TIMEOUT) < 0 || timeout.compareTo(LONGEST_HANDSHAKE_TIMEOUT) > 0) {
                throw new IllegalArgumentException("handshakeTimeout: " + timeout + " is not from "
                        + SHORTEST_HANDSHAKE_TIMEOUT + " to " + LONGEST_HANDSHAKE_TIMEOUT);
            }
            this.handshakeTimeout = timeout;
            return this;
        }

        /**
         * Sets whether servers are told that FTP is to be spoken (ALPN, RFC 7301: {@code ftp} and {@code ftp-data}). A server of another protocol to which somebody has led the client
         * can then tell (the ALPACA attack); some old servers do not let in who tells them.
         *
         * @param offered false unless set
         * @return this
         */
        public Builder offerApplicationProtocol(boolean offered) {
            this.applicationProtocol = offered;
            return this;
        }

        /**
         * Sets whether data connections are protected (PROT P). If not, whoever is on the way reads and changes files and listings.
         *
         * @param isProtected true unless set
         * @return this
         */
        public Builder protectData(boolean isProtected) {
            this.dataProtected = isProtected;
            return this;
        }

        /**
         * Sets whether the control connection goes back into the clear behind the login (CCC), for firewalls that read along to open ports. Whoever else reads along can then change commands.
         *
         * @param cleared false unless set
         * @return this
         */
        public Builder clearControlAfterLogin(boolean cleared) {
            this.controlCleared = cleared;
            return this;
        }

        /**
         * Makes the mechanism.
         *
         * @return the mechanism
         * @throws IllegalArgumentException if settings contradict each other; the message names the one to change
         */
        public ClientTls build() {
            return new ClientTlsMechanism(new ClientTlsSettings(
                    trust.trust(),
                    Optional.ofNullable(keys).map(TlsKeys::source),
                    engine,
                    preset,
                    tls13,
                    handshakeTimeout,
                    applicationProtocol,
                    dataProtected,
                    controlCleared));
        }
    }
}
