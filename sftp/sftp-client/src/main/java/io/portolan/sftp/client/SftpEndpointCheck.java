package io.portolan.sftp.client;

import io.portolan.check.CheckReport;
import io.portolan.check.EndpointCheck;
import io.portolan.sftp.client.internal.check.CheckSettings;
import io.portolan.sftp.client.internal.check.SftpCheck;
import io.portolan.ssh.SshAlgorithms;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why an SFTP server cannot be used: the name, the port, the identification, the algorithms that both sides have, the host's key, the login, the subsystem, the version of SFTP with its extensions and limits, a
 * listing, and an upload if asked for. Each step says what it saw, and one that fails what is to blame and what to change on which side.
 *
 * <p>Nothing of the login is told to a server whose key is not trusted. Algorithms are compared on a connection of its own; from the host's key on the check connects as an {@link SftpClient} with the same settings does,
 * directly: without proxies and jump hosts. It has threads of its own while it runs, and ends early, with a failed step, when the thread that runs it is interrupted.
 */
public final class SftpEndpointCheck implements EndpointCheck {

    private final SftpCheck check;

    private SftpEndpointCheck(CheckSettings settings) {
        check = new SftpCheck(settings);
    }

    /**
     * Begins the settings of a check.
     *
     * @param url {@code sftp://} with a host and perhaps a port; a user in it is taken, a password is refused, since URLs are logged
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

        private static final int SSH_PORT = 22;
        private static final Duration MIN_TIME = Duration.ofMillis(100);
        private static final Duration MAX_TIME = Duration.ofMinutes(10);

        private final String host;
        private final int port;
        private String user = System.getProperty("user.name", "anonymous");
        private SshLogin login = SshLogin.none();
        private HostKeys hostKeys = HostKeys.known();
        private SshAlgorithms algorithms = SshAlgorithms.compatible();
        private @Nullable String uploadPath;
        private Duration connectTime = Duration.ofSeconds(10);
        private Duration replyTime = Duration.ofSeconds(20);
        private Duration limit = Duration.ofMinutes(3);

        /** For a server whose name and port are known to be what they should be. */
        Builder(String host, int port) {
            this.host = host;
            this.port = port;
        }

        private Builder(URI url) {
            String name = url.getHost();
            if (!"sftp".equals(url.getScheme()) || name == null) {
                throw new IllegalArgumentException("no URL of sftp with a host");
            }
            host = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
            port = url.getPort() < 0 ? SSH_PORT : url.getPort();
            SftpClient.requirePort("port", port);
            String info = url.getUserInfo();
            if (info != null && info.contains(":")) {
                throw new IllegalArgumentException("a password in the URL: set it by login()");
            }
            if (info != null) {
                user = SftpClient.requireName("user", info);
            }
        }

        /**
         * Who logs in, and by what; unless said the user of the URL, or else whoever runs this, by nothing.
         *
         * @param name the user's name
         * @param by keys, passwords, answers; whoever is asked for secrets while the check runs uses up its time
         * @return this
         * @throws IllegalArgumentException if the name is empty, too long, or has control characters in it
         */
        public Builder login(String name, SshLogin by) {
            user = SftpClient.requireName("user", name);
            login = Objects.requireNonNull(by, "login");
            return this;
        }

        /**
         * Whom to trust; {@link HostKeys#known()} unless said.
         *
         * @param trusted the keys; with those that accept new ones, the check writes them down as a client would
         * @return this
         */
        public Builder hostKeys(HostKeys trusted) {
            hostKeys = Objects.requireNonNull(trusted, "hostKeys");
            return this;
        }

        /**
         * What is proposed to the server; {@link SshAlgorithms#compatible()} unless said.
         *
         * @param proposed the algorithms
         * @return this
         */
        public Builder algorithms(SshAlgorithms proposed) {
            algorithms = Objects.requireNonNull(proposed, "algorithms");
            return this;
        }

        /**
         * A file to write and to delete again; no upload is tried unless said.
         *
         * @param path where; a file of that name is overwritten
         * @return this
         * @throws IllegalArgumentException if it is empty, too long, or has control characters in it
         */
        public Builder upload(String path) {
            uploadPath = SftpClient.requireName("upload", path);
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
         * How long to wait for an answer; 20 s unless said.
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
        public SftpEndpointCheck build() {
            return new SftpEndpointCheck(new CheckSettings(
                    host,
                    port,
                    user,
                    login.settings(),
                    hostKeys.settings(),
                    algorithms,
                    Optional.ofNullable(uploadPath),
                    connectTime,
                    replyTime,
                    limit));
        }

        /** The same, or as long as a check may wait. */
        static Duration atMost(Duration time) {
            return time.compareTo(MAX_TIME) > 0 ? MAX_TIME : time;
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
