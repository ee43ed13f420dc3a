package io.portolan.ftps.redeploy;

import io.portolan.redeploy.RedeployHarness;
import org.junit.jupiter.api.Test;

class FtpsRedeployTest {

    @Test
    void anApplicationWithTlsCanBeRedeployed() throws Exception {
        RedeployHarness.redeploy(FtpsApplication.class, 3);
    }

    @Test
    void anApplicationWithAProtectedClientCanBeRedeployed() throws Exception {
        RedeployHarness.redeploy(ProtectedClientApplication.class, 3);
    }
}
