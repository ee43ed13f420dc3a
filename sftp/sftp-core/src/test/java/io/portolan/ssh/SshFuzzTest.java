package io.portolan.ssh;

import io.portolan.sftp.internal.attributes.AttributeFuzz;
import io.portolan.ssh.internal.auth.UserAuthFuzz;
import io.portolan.ssh.internal.connection.ConnectionFuzz;
import io.portolan.ssh.internal.key.OpenSshPrivateFieldsFuzz;
import io.portolan.ssh.internal.key.PrivateKeyFuzz;
import io.portolan.ssh.internal.key.PublicKeyFuzz;
import io.portolan.ssh.internal.key.SignatureFuzz;
import io.portolan.ssh.internal.packet.PacketFuzz;
import io.portolan.ssh.internal.transport.KexInitFuzz;
import io.portolan.ssh.internal.transport.TransportFuzz;
import io.portolan.ssh.internal.trust.AuthorizedKeysFuzz;
import io.portolan.ssh.internal.trust.CertificateFuzz;
import io.portolan.ssh.internal.trust.RevocationListFuzz;
import io.portolan.testing.fuzz.FuzzContract;
import io.portolan.testing.fuzz.FuzzTarget;
import java.util.stream.Stream;

/** Whatever is on the wire or in a file is taken or refused, and nothing else. */
final class SshFuzzTest extends FuzzContract {

    @Override
    protected Stream<FuzzTarget> targets() {
        return Stream.of(
                new PacketFuzz(),
                new KexInitFuzz(),
                new TransportFuzz(),
                new UserAuthFuzz(),
                new ConnectionFuzz(),
                new PrivateKeyFuzz(),
                new OpenSshPrivateFieldsFuzz(),
                new PublicKeyFuzz(),
                new SignatureFuzz(),
                new CertificateFuzz(),
                new RevocationListFuzz(),
                new AuthorizedKeysFuzz(),
                new AttributeFuzz());
    }
}
