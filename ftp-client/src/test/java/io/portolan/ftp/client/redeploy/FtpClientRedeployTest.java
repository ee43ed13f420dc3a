package io.portolan.ftp.client.redeploy;

import io.portolan.redeploy.RedeployHarness;
import org.junit.jupiter.api.Test;

class FtpClientRedeployTest {

    @Test
    void anApplicationWithAClientCanBeRedeployed() throws Exception {
        RedeployHarness.redeploy(FtpClientApplication.class, 3);
    }
}
