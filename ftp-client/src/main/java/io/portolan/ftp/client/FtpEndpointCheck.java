package io.portolan.ftp.client;

import io.portolan.check.CheckReport;
import io.portolan.check.EndpointCheck;
import io.portolan.ftp.client.internal.check.CheckSettings;
import io.portolan.ftp.client.internal.check.CheckSettings.Protection;
import io.portolan.ftp.client.internal.check.FtpCheck;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why transfers with an FTP server fail or hang: the name, the control port, the greeting, TLS and the certificate, the login, FEAT, the protection of data, EPSV, PASV, a listing, an upload if asked for, whether TLS
 * sessions have to be resumed, and active mode. Each step says what it saw, and one that fails which address or port is to blame and what to change.
 *
 * <p>The password is sent only to a server whose certificate is trusted and has the host's name, unless {@link Builder#insecure} was asked for, or unless the scheme is {@code ftp}. Trust is that of the JVM. The check speaks
 * for itself, on blocking sockets and the caller's thread: it goes on where an {@code FtpClient} has to stop.
 */
public final class FtpEndpointCheck implements EndpointCheck {

    private static final Map<String, Protection> SCHEMES =
            Map.of("ftp", Protection.NONE, "ftpes", Protection.EXPLICIT, "ftps", Protection.IMPLICIT);

    private final FtpCheck check;

    private FtpEndpointCheck(CheckSettings settings) {
        check = new FtpCheck(settings);
    }

    /**
     * Begins the settings of a check.
     *
     * @param url {@code ftp://} (in the clear), {@code ftpes://} (explicit TLS) or {@code ftps://} (implicit TLS), with a host and perhaps a port; a user in it is taken, a password is refused, since URLs are logged
     * @return the settings, to be widened
     * @throws IllegalArgumentException if it is no such URL
     */
    public static Builder of(URI url) {
        return new Builder(url);
    }

    @Override
    public CheckReport run() {
        return check.run();
    }

    /** The settings of a check. */
    public static final class Builder {

        private static final int FTP_PORT = 21;
        private static final int IMPLICIT_TLS_PORT = 990;
        private static final Duration MIN_TIME = Duration.ofMillis(100);
        private static final Duration MAX_TIME = Duration.ofMinutes(10);

        private final Protection protection;
        private final String host;
        private final int port;
        private String user = "anonymous";
        private String password = "check@";
        private boolean insecure;
        private @Nullable String uploadPath;
        private Duration connectTime = Duration.ofSeconds(10);
        private Duration replyTime = Duration.ofSeconds(20);
        private Duration limit = Duration.ofMinutes(3);

        private Builder(URI url) {
            Protection schemes = url.getScheme() == null ? null : SCHEMES.get(url.getScheme());
            String name = url.getHost();
            if (schemes == null || name == null) {
                throw new IllegalArgumentException("no URL of ftp, ftpes or ftps with a host");
            }
            protection = schemes;
            host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
            int standard = schemes == Protection.IMPLICIT ? IMPLICIT_TLS_PORT : FTP_PORT;
            port = url.getPort() < 0 ? standard : url.getPort();
            String info = url.getUserInfo();
            if (info != null && info.contains(":")) {
                throw new IllegalArgumentException("a password in the URL: set it by login()");
            }
            if (info != null) {
                user = checked("user", info);
            }
        }

        /**
         * Who logs in; {@code anonymous} unless said.
         *
         * @param name the user's name
         * @param secret the password
         * @return this
         * @throws IllegalArgumentException if there is a line break or NUL in one of them
         */
        public Builder login(String name, String secret) {
            user = checked("user", name);
            password = checked("password", secret);
            return this;
        }

        /**
         * Whether to go on, and to send the password, when the certificate is not to be trusted. Off unless said: whoever is in between gets the password.
         *
         * @param sendPasswordToAnyone whether to
         * @return this
         */
        public Builder insecure(boolean sendPasswordToAnyone) {
            insecure = sendPasswordToAnyone;
            return this;
        }

        /**
         * A file to write and to delete again; no upload is tried unless said.
         *
         * @param path where, as the server's STOR takes it; a file of that name is overwritten
         * @return this
         * @throws IllegalArgumentException if there is a line break or NUL in it
         */
        public Builder upload(String path) {
            uploadPath = checked("upload", path);
            return this;
        }

        /**
         * How long to wait for a connection; 10 s unless said.
         *
         * @param time 100 ms to 10 min
         * @return this
         * @throws IllegalArgumentException if it is outside of that
         */
        public Builder connectTime(Duration time) {
            connectTime = checked("connectTime", time);
            return this;
        }

        /**
         * How long to wait for a reply or for data; 20 s unless said.
         *
         * @param time 100 ms to 10 min
         * @return this
         * @throws IllegalArgumentException if it is outside of that
         */
        public Builder replyTime(Duration time) {
            replyTime = checked("replyTime", time);
            return this;
        }

        /**
         * How long the whole check may take, but for the look at the name service; 3 min unless said.
         *
         * @param time 100 ms to 10 min
         * @return this
         * @throws IllegalArgumentException if it is outside of that
         */
        public Builder limit(Duration time) {
            limit = checked("limit", time);
            return this;
        }

        /**
         * Makes the check; nothing is sent yet.
         *
         * @return the check
         */
        public FtpEndpointCheck build() {
            return new FtpEndpointCheck(new CheckSettings(
                    protection,
                    host,
                    port,
                    user,
                    password,
                    insecure,
                    Optional.ofNullable(uploadPath),
                    connectTime,
                    replyTime,
                    limit));
        }

        private static String checked(String setting, String value) {
            Objects.requireNonNull(value, setting);
            if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(setting + ": a line break or NUL in it");
            }
            return value;
        }

        private static Duration checked(String setting, Duration time) {
            if (time.compareTo(MIN_TIME) < 0 || time.compareTo(MAX_TIME) > 0) {
                throw new IllegalArgumentException(
                        setting + ": " + time + " is not between " + MIN_TIME + " and " + MAX_TIME);
            }
            return time;
        }
    }
}
