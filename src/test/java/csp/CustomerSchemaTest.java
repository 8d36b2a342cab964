package csp;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the database refuses of customers: their partners, agreements, invitations and consents. */
class CustomerSchemaTest extends MigratedDatabase {

    @Test
    void customer_relationship_kind_is_known() {
        refused("update customer_relationship set kind = 'FRIEND'");
    }

    @Test
    void customer_relationship_via_is_known() {
        refused("update customer_relationship set via = 'RUMOUR'");
    }

    @Test
    void customer_relationship_counterpart_is_another() {
        refused("update customer_relationship set counterpart_id = partner_id");
    }

    @Test
    void customer_relationship_direct_has_no_counterpart() {
        refused("update customer_relationship set kind = 'DIRECT_RESELLER'");
    }

    @Test
    void customer_agreement_type_is_known() {
        refused("update customer_agreement set type = 'Handshake'");
    }

    @Test
    void customer_agreement_method_is_known() {
        refused("update customer_agreement set method = 'HEARSAY'");
    }

    @Test
    void customer_agreement_attestation_names_its_partner() {
        refused("update customer_agreement set partner_id = null");
    }

    @Test
    void customer_agreement_is_unique() throws SQLException {
        refused("insert into customer_agreement select * from customer_agreement");
        run("update customer_agreement set method = 'DIRECT', partner_id = null");
        refused("insert into customer_agreement select * from customer_agreement");
    }

    @Test
    void customer_invitation_kind_is_known() {
        refused("update customer_invitation set kind = 'FRIEND', provider_id = null");
    }

    @Test
    void customer_invitation_status_is_known() {
        refused("update customer_invitation set status = 'LOST', customer_id = null");
    }

    @Test
    void customer_invitation_names_a_provider_when_indirect() {
        refused("update customer_invitation set provider_id = null");
        refused("update customer_invitation set kind = 'RESELLER'");
    }

    @Test
    void customer_invitation_names_two_partners() {
        refused("update customer_invitation set provider_id = reseller_id");
    }

    @Test
    void customer_invitation_is_accepted_by_a_customer() {
        refused("update customer_invitation set customer_id = null");
        refused("update customer_invitation set status = 'PENDING'");
    }

    @Test
    void extension_consent_comes_first() {
        refused("update extension_consent set given_at = recorded_time + interval '1 second'");
    }
}
