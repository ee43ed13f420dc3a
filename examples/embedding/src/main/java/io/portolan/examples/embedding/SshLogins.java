package io.portolan.examples.embedding;

import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.InteractiveLogin;
import io.portolan.sftp.client.SecretSource;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SshConfig;
import io.portolan.sftp.client.SshLogin;
import java.io.IOException;
import java.nio.file.Path;

/** All ways to log in, and those that OpenSSH's settings name. */
final class SshLogins {

    private SshLogins() {}

    static SshLogin byWhatTheServerTakes(Path key, SecretSource asked, InteractiveLogin answers) {
        // tag::sshlogin[]
        SshLogin login = SshLogin.builder()
                .identity(key, asked)
                .agent()
                .password(asked, 3)
                .interactive(answers)
                .build();
        // end::sshlogin[]
        return login;
    }

    static void deliver(Path file, SecretSource asked, Path report) throws IOException {
        // tag::sshconfig[]
        SshConfig config = SshConfig.read(file);
        try (SftpClient client = config.client("reports", asked).build();
                BlockingSftpSession session = client.connectBlocking()) {
            session.upload(report, "/inbox/report.csv");
        }
        // end::sshconfig[]
    }
}
