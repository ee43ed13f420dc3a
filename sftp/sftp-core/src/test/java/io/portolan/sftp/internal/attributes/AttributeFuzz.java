package io.portolan.sftp.internal.attributes;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.fuzz.FuzzTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Attributes: an octet that says of which version, and then what a client would set. */
public final class AttributeFuzz implements FuzzTarget {

    private static final int VERSIONS = 4;

    @Override
    public List<byte[]> seeds() {
        SftpAttributes many = SftpAttributes.builder()
                .type(SftpFileType.REGULAR)
                .size(1000)
                .permissions(0640)
                .modified(Instant.ofEpochSecond(1_700_000_000, 5))
                .accessed(Instant.ofEpochSecond(1_700_000_001))
                .build();
        List<byte[]> seeds = new ArrayList<>();
        for (int version = 3; version < 3 + VERSIONS; version++) {
            SshWriter seed = new SshWriter().writeByte(version - 3);
            AttributeCodec.write(seed, many, version);
            seeds.add(seed.toByteArray());
            // each flag, with much behind it
            seeds.add(new SshWriter()
                    .writeByte(version - 3)
                    .writeUint32(AttributeFlags.of(version))
                    .writeByte(1)
                    .writeBytes(new byte[200])
                    .toByteArray());
        }
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int version = 3 + (input[0] & 0xff) % VERSIONS;
        try {
            SftpAttributes read = AttributeCodec.read(new SshReader(input, 1, input.length - 1), version);
            AttributeCodec.write(new SshWriter(), read, version);
        } catch (SshProtocolException expected) {
            // refused
        }
    }
}
