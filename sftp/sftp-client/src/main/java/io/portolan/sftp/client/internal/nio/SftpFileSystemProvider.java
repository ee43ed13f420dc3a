package io.portolan.sftp.client.internal.nio;

import io.portolan.core.internal.nio.Environment;
import io.portolan.core.internal.nio.RemoteFileSystemProvider;
import io.portolan.core.internal.nio.RemoteFiles;
import io.portolan.core.internal.nio.RemoteUris;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SshLogin;
import io.portolan.sftp.client.nio.SftpFileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What Java finds for addresses of {@code sftp}. */
public final class SftpFileSystemProvider extends RemoteFileSystemProvider {

    private static final Set<String> VIEWS = Set.of("basic", "posix", "owner");
    private static final Set<String> KEYS = Set.of(
            SftpFileSystem.CLIENT,
            SftpFileSystem.BUILDER,
            SftpFileSystem.USER,
            SftpFileSystem.LOGIN,
            SftpFileSystem.PASSWORD,
            SftpFileSystem.IDENTITY,
            SftpFileSystem.PASSPHRASE,
            SftpFileSystem.HOST_KEYS);

    /** For {@link java.util.ServiceLoader}. */
    public SftpFileSystemProvider() {
        super("sftp", VIEWS, SftpFileSystemProvider::open);
    }

    /** A file system that only whoever has it knows. */
    public static FileSystem over(SftpClient client) throws IOException {
        return new SftpFileSystemProvider().over(client.address(), SftpFiles.connect(client, () -> {}));
    }

    private static RemoteFiles open(URI server, Map<String, ?> values) throws IOException {
        Environment environment = new Environment(values, KEYS);
        Optional<SftpClient> lent = environment.get(SftpFileSystem.CLIENT, SftpClient.class);
        if (lent.isPresent()) {
            return SftpFiles.connect(lent.get(), () -> {});
        }
        SftpClient own = builder(server, environment).build();
        boolean opened = false;
        try {
            RemoteFiles files = SftpFiles.connect(own, own::close);
            opened = true;
            return files;
        } finally {
            if (!opened) {
                own.close();
            }
        }
    }

    private static SftpClient.Builder builder(URI server, Environment environment) {
        Optional<SftpClient.Builder> whole = environment.get(SftpFileSystem.BUILDER, SftpClient.Builder.class);
        if (whole.isPresent()) {
            return whole.get();
        }
        SftpClient.Builder settings = SftpClient.builder().host(RemoteUris.host(server));
        if (server.getPort() > 0) {
            settings.port(server.getPort());
        }
        String user = Optional.ofNullable(RemoteUris.user(server))
                .or(() -> environment.get(SftpFileSystem.USER, String.class))
                .orElseThrow(() -> new IllegalArgumentException(
                        "environment: there is no " + SftpFileSystem.USER + ", and none in the address"));
        settings.user(user, login(environment).orElseGet(SshLogin::none));
        environment.get(SftpFileSystem.HOST_KEYS, HostKeys.class).ifPresent(settings::hostKeys);
        return settings;
    }

    private static Optional<SshLogin> login(Environment environment) {
        Optional<SshLogin> whole = environment.get(SftpFileSystem.LOGIN, SshLogin.class);
        Optional<Path> identity = environment.get(SftpFileSystem.IDENTITY, Path.class);
        Optional<Supplier<char[]>> password = environment.secret(SftpFileSystem.PASSWORD);
        if (whole.isPresent() || identity.isEmpty() && password.isEmpty()) {
            return whole;
        }
        SshLogin.Builder login = SshLogin.builder();
        identity.ifPresent(file -> environment
                .secret(SftpFileSystem.PASSPHRASE)
                .ifPresentOrElse(secret -> login.identity(file, prompt -> secret.get()), () -> login.identity(file)));
        password.ifPresent(secret -> login.password(prompt -> secret.get(), 1));
        return Optional.of(login.build());
    }
}
