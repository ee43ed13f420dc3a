package io.portolan.ftp.server.redeploy;

import io.portolan.redeploy.RedeployHarness;
import org.junit.jupiter.api.Test;

class FtpServerRedeployTest {

    @Test
    void anApplicationWithAServerCanBeRedeployed() throws Exception {
        RedeployHarness.redeploy(FtpServerApplication.class, 3);
    }
}
