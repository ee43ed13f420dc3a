package io.portolan.sftp.server.redeploy;

import io.portolan.redeploy.RedeployHarness;
import io.portolan.testing.Peer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SftpServerRedeployTest {

    @TempDir
    private Path folder;

    @Test
    void anApplicationWithAServerCanBeRedeployed() throws Exception {
        Peer.find("sftp", folder);
        RedeployHarness.redeploy(SftpServerApplication.class, 3);
    }
}
