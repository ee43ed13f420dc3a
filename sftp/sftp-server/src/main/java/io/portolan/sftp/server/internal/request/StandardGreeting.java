package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.internal.engine.Greeting;
import io.portolan.sftp.server.internal.engine.ProtocolVersion;
import io.portolan.sftp.server.internal.engine.SftpServices;
import io.portolan.ssh.internal.wire.SshWriter;

/** Chooses the lower of the versions of both sides (draft-ietf-secsh-filexfer-02 section 4); a client that is older than version 3 hears of 3, and has to leave. */
public final class StandardGreeting implements Greeting {

    @Override
    public Welcome answer(long offered, SftpServices services) {
        ProtocolVersion version = Versions.upTo(offered);
        SshWriter packet =
                new SshWriter().writeByte(SftpMessageNumber.VERSION.number()).writeUint32(version.number());
        Extensions.STANDARD.advertise(packet, services);
        ServerFacts.tell(packet, offered, Extensions.STANDARD, services);
        return new Welcome(version, packet);
    }
}
