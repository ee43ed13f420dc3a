package io.portolan.ftps;

import io.portolan.ftp.security.SecurityMechanism;
import io.portolan.ftps.internal.ServerTlsMechanism;
import io.portolan.ftps.internal.ServerTlsSettings;
import java.util.Objects;

/**
 * TLS for FTP servers, to be given to a server's builder as its security mechanism; several servers may share one. With it a server takes AUTH TLS, and connections that are protected
 * from the start where its settings say so (RFC 4217). Not to be implemented by others: it may grow. Safe to use from any thread.
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

    /** Takes the settings of a {@link ServerTls}. Not for several threads at a time. */
    final class Builder {
        private ServerTlsSettings settings = ServerTlsSettings.DEFAULT;

        private Builder() {}

        /**
         * Sets what the server shows. There is no default.
         *
         * @param keys the keys and certificates
         * @return this
         */
        public Builder keys(TlsKeys keys) {
            settings = settings.withKeys(keys.entries());
            return this;
        }

        /**
         * Sets what does the arithmetic.
         *
         * @param engine {@link TlsEngine#AUTO} unless set
         * @return this
         */
        public Builder engine(TlsEngine engine) {
            settings = settings.withEngine(Objects.requireNonNull(engine, "engine"));
            return this;
        }

        /**
         * Sets the cipher suites.
         *
         * @param preset {@link TlsPreset#MODERN} unless set
         * @return this
         */
        public Builder preset(TlsPreset preset) {
            settings = settings.withPreset(Objects.requireNonNull(preset, "preset"));
            return this;
        }

        /**
         * Sets whether data connections must resume the session of their control connection.
         *
         * @param resumption {@link SessionResumption#REQUIRE} unless set
         * @return this
         */
        public Builder dataSessionResumption(SessionResumption resumption) {
            settings = settings.withResumption(Objects.requireNonNull(resumption, "dataSessionResumption"));
            return this;
        }

        /**
         * Sets whether users must be protected before they log in; otherwise USER is refused with 530.
         *
         * @param required true unless set
         * @return this
         */
        public Builder requiredForLogin(boolean required) {
            settings = settings.withRequiredForLogin(required);
            return this;
        }

        /**
         * Sets whether data connections must be protected; otherwise transfers are refused with 521 until the client says PROT P, and PROT C with 534.
         *
         * @param required true unless set
         * @return this
         */
        public Builder requiredForData(boolean required) {
            settings = settings.withRequiredForData(required);
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
            settings = settings.withClearControl(allowed);
            return this;
        }

        /**
         * Makes the mechanism.
         *
         * @return the mechanism
         * @throws IllegalArgumentException if there are no keys
         */
        public ServerTls build() {
            if (settings.keys().isEmpty()) {
                throw new IllegalArgumentException(
                        "keys: not set; give TlsKeys.pem(chain, key), or TlsKeys.selfSigned() while you develop");
            }
            return new ServerTlsMechanism(settings);
        }
    }
}
