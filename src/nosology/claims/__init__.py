"""Encounters and claims → what they are worth: public fee schedules, prospective payment, contracts, patient share."""
