package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.SftpSession;
import io.portolan.examples.benchmarks.peer.Protocol;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import java.io.IOException;
import java.util.List;

/** Something that OpenSSH's sftp does. Its start and the login are not counted, unless they are what is measured. */
abstract class SftpWorkload extends Workload {

    SftpWorkload(String name, Sizes sizes) {
        super("sftp-" + name, sizes);
    }

    @Override
    public final Protocol protocol() {
        return Protocol.SFTP;
    }

    static SftpSession session(RunningPeer peer, Data data, List<String> options) throws IOException {
        return SftpSession.open(
                data.clients(), peer.user(), peer.key(), peer.address().getPort(), options);
    }
}
