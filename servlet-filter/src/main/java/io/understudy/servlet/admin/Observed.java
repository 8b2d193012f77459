package io.understudy.servlet.admin;

import io.understudy.core.failover.Failover;
import io.understudy.core.health.Health;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.report.Reports;

/** What there is to look at of a gateway, under the configuration that is in force at the moment. */
public record Observed(Settings settings, Failover failover, Health health, Reports reports) {}
