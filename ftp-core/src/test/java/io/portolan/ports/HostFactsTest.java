package io.portolan.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostFactsTest {

    /** The kernel's own files, which cannot be read in pieces; copies of them in a folder can. */
    @Test
    void whatTheKernelMakesUpAsItIsReadIsReadWhole() throws Exception {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        assumeTrue(Files.isReadable(range));
        String[] bounds;
        try (BufferedReader reader = Files.newBufferedReader(range)) {
            bounds = reader.readLine().strip().split("\\s+");
        }

        assertThat(HostFacts.ofThisHost().ephemeralPorts())
                .contains(new PortRange(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[1])));
    }
}
