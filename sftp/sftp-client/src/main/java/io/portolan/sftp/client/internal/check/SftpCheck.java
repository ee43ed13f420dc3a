package io.portolan.sftp.client.internal.check;

import io.portolan.check.CheckReport;
import io.portolan.check.CheckStep;
import io.portolan.check.EndpointCheck;
import io.portolan.core.internal.check.Deadline;
import io.portolan.core.internal.check.NameStep;
import io.portolan.core.internal.check.PortStep;
import io.portolan.core.internal.check.Step;
import io.portolan.core.internal.check.Steps;
import java.util.List;

/** The steps of a check of an SFTP server, in their order. */
public final class SftpCheck implements EndpointCheck {

    private final CheckSettings settings;

    /** Makes a check. */
    public SftpCheck(CheckSettings settings) {
        this.settings = settings;
    }

    private static List<Step<? super Visit>> steps() {
        return List.of(
                new NameStep(),
                new PortStep("port"),
                new BannerStep(),
                new AlgorithmsStep(),
                new HostKeyStep(),
                new LoginStep(),
                new SubsystemStep(),
                new VersionStep(),
                new ListingStep(),
                new UploadStep());
    }

    @Override
    public CheckReport run() {
        List<CheckStep> taken;
        try (Deadline deadline = Deadline.in(settings.limit());
                Visit visit = new Visit(settings, deadline)) {
            taken = Steps.take(steps(), visit);
        }
        return new CheckReport(settings.endpoint(), taken);
    }
}
