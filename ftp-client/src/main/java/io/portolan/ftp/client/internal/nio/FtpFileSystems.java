package io.portolan.ftp.client.internal.nio;

import io.portolan.core.internal.nio.Environment;
import io.portolan.core.internal.nio.RemoteFileSystemProvider;
import io.portolan.core.internal.nio.RemoteFiles;
import io.portolan.core.internal.nio.RemoteUris;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.nio.FtpFileSystem;
import io.portolan.ftp.security.SecurityMechanism;
import io.portolan.pool.PoolOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes file systems of what applications have said. */
public final class FtpFileSystems {

    static final Set<String> VIEWS = Set.of("basic", "posix");

    private static final Set<String> KEYS = Set.of(
            FtpFileSystem.CLIENT,
            FtpFileSystem.BUILDER,
            FtpFileSystem.USER,
            FtpFileSystem.PASSWORD,
            FtpFileSystem.SECURITY_MECHANISM,
            FtpFileSystem.POOL);

    private static final Map<String, FtpScheme> SCHEMES =
            Map.of("ftp", FtpScheme.PLAIN, "ftpes", FtpScheme.EXPLICIT_TLS, "ftps", FtpScheme.IMPLICIT_TLS);

    private FtpFileSystems() {}

    /** A file system that only whoever has it knows. */
    public static FileSystem over(FtpClient client, PoolOptions pool) throws IOException {
        URI address = client.address();
        return new RemoteFileSystemProvider(address.getScheme(), VIEWS, FtpFileSystems::open)
                .over(address, FtpFiles.connect(client, pool, () -> {}));
    }

    static RemoteFiles open(URI server, Map<String, ?> values) throws IOException {
        Environment environment = new Environment(values, KEYS);
        PoolOptions pool =
                environment.get(FtpFileSystem.POOL, PoolOptions.class).orElseGet(PoolOptions::defaults);
        Optional<FtpClient> lent = environment.get(FtpFileSystem.CLIENT, FtpClient.class);
        if (lent.isPresent()) {
            return FtpFiles.connect(protectedAs(server, lent.get()), pool, () -> {});
        }
        FtpClient own = builder(server, environment).build();
        boolean opened = false;
        try {
            RemoteFiles files = FtpFiles.connect(protectedAs(server, own), pool, own::close);
            opened = true;
            return files;
        } finally {
            if (!opened) {
                own.close();
            }
        }
    }

    /** An address that speaks of TLS is not to lead to a client without it. */
    private static FtpClient protectedAs(URI server, FtpClient client) {
        if (!client.address().getScheme().equals(server.getScheme())) {
            throw new IllegalArgumentException(
                    "environment: the client is one for " + client.address().getScheme());
        }
        return client;
    }

    private static FtpClient.Builder builder(URI server, Environment environment) {
        Optional<FtpClient.Builder> whole = environment.get(FtpFileSystem.BUILDER, FtpClient.Builder.class);
        if (whole.isPresent()) {
            return whole.get();
        }
        FtpScheme scheme = Objects.requireNonNull(SCHEMES.get(server.getScheme()));
        FtpClient.Builder settings =
                FtpClient.builder().host(RemoteUris.host(server)).scheme(scheme);
        if (server.getPort() > 0) {
            settings.port(server.getPort());
        }
        Optional<SecurityMechanism> security =
                environment.get(FtpFileSystem.SECURITY_MECHANISM, SecurityMechanism.class);
        if (security.isPresent() != (scheme != FtpScheme.PLAIN)) {
            throw new IllegalArgumentException("environment: " + FtpFileSystem.SECURITY_MECHANISM
                    + (security.isPresent()
                            ? " means nothing to ftp"
                            : " is missing, as nothing protects " + server.getScheme()));
        }
        security.ifPresent(settings::securityMechanism);
        login(server, environment, settings);
        return settings;
    }

    private static void login(URI server, Environment environment, FtpClient.Builder settings) {
        @Nullable String inAddress = RemoteUris.user(server);
        Optional<String> user =
                Optional.ofNullable(inAddress).or(() -> environment.get(FtpFileSystem.USER, String.class));
        Optional<Supplier<char[]>> password = environment.secret(FtpFileSystem.PASSWORD);
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("environment: there is "
                    + (user.isPresent() ? "a user, and no " + FtpFileSystem.PASSWORD : "a password, and no user"));
        }
        if (user.isPresent() && password.isPresent()) {
            settings.user(user.get(), new String(password.get().get()));
        }
    }
}
