package io.portolan.examples.embedding;

import io.portolan.check.CheckReport;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpEndpointCheck;
import io.portolan.sftp.client.SshLogin;
import java.net.URI;

/** Says why an SFTP server cannot be used. */
final class CheckedServer {

    private CheckedServer() {}

    static CheckReport check(URI address, HostKeys known, SshLogin login) {
        // tag::sftpcheck[]
        CheckReport report = SftpEndpointCheck.of(address)
                .hostKeys(known)
                .login("alice", login)
                .build()
                .run();
        System.out.print(report.toText());
        // end::sftpcheck[]
        return report;
    }
}
