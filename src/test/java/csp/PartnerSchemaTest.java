package csp;

import org.junit.jupiter.api.Test;

/** What the database refuses of partners, their people, programmes and partnerships. */
class PartnerSchemaTest extends MigratedDatabase {

    @Test
    void partner_direct_bill_is_known() {
        refused("update partner set direct_bill = 'active'");
    }

    @Test
    void partner_indirect_reseller_is_known() {
        refused("update partner set indirect_reseller = 'PENDING'");
    }

    @Test
    void partner_indirect_provider_is_known() {
        refused("update partner set indirect_provider = 'CLOSED'");
    }

    @Test
    void partner_domain_is_unique() {
        refused("update partner set domain = 'SOURCE.example' where tenant_id = " + TARGET);
    }

    @Test
    void partner_mpn_id_is_unique() {
        refused("update partner set mpn_id = '1'");
    }

    @Test
    void partnership_state_is_known() {
        refused("update partnership set state = 'ENDED'");
    }

    @Test
    void partnership_is_between_two_partners() {
        refused("update partnership set reseller_id = provider_id");
    }

    @Test
    void partnership_invitation_status_is_known() {
        refused("update partnership_invitation set status = 'EXPIRED'");
    }

    @Test
    void partnership_invitation_is_for_another() {
        refused("update partnership_invitation set reseller_id = provider_id");
    }

    @Test
    void user_account_belongs_to_one_tenant() {
        refused("update user_account set partner_tenant_id = %s, customer_tenant_id = %s".formatted(SOURCE, CUSTOMER));
        refused("update user_account set partner_tenant_id = null, customer_tenant_id = null");
    }

    @Test
    void user_account_name_is_unique() {
        refused("update user_account set user_principal_name = 'ADMIN@source.example' where partner_tenant_id is null");
    }

    @Test
    void signing_key_is_single() {
        refused("insert into signing_key values (false, '{}', now())");
    }

    @Test
    void sign_in_failure_one_per_account() {
        refused("insert into sign_in_failure select * from sign_in_failure");
    }

    @Test
    void sign_in_failure_counts_from_one() {
        refused("update sign_in_failure set failures = 0");
    }

    @Test
    void refresh_token_is_stored_once() {
        refused("insert into refresh_token select * from refresh_token");
    }

    @Test
    void enrolment_is_submitted_with_a_contact() {
        refused("update enrolment set submitted_time = now()");
    }

    @Test
    void incentive_program_is_known() {
        refused("update incentive set program = 'ALL'");
    }
}
