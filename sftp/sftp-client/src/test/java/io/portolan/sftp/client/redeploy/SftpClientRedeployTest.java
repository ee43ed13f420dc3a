package io.portolan.sftp.client.redeploy;

import io.portolan.redeploy.RedeployHarness;
import org.junit.jupiter.api.Test;

final class SftpClientRedeployTest {

    @Test
    void anApplicationWithAClientCanBeRedeployed() throws Exception {
        RedeployHarness.redeploy(SftpClientApplication.class, 3);
    }
}
