"""What a campaign is, and what happened in it. Imports none of its neighbours."""
